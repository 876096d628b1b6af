import Foundation
import TestSupport
import Testing

/// A change of meaning that the comparison must notice.
struct Mutation: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Changes one declaration of a policy; most leave most declarations as they are.
    let change: @Sendable (String) -> String

    init(_ name: String, change: @escaping @Sendable (String) -> String) {
        testDescription = name
        self.change = change
    }

    init(_ name: String, _ pattern: String, _ replacement: String) {
        self.init(name) { $0.replacingOccurrences(of: pattern, with: replacement) }
    }

    func applied(to policy: RandomPolicy) -> RandomPolicy {
        RandomPolicy(
            preamble: policy.preamble, declarations: policy.declarations.map { change($0) })
    }
}

@Suite("A difference is found when")
struct MutationTests {
    static let all = [
        Mutation("a permit's outcome is flipped") { text in
            guard text.hasPrefix("permit permits0"), let when = text.firstRange(of: " when ") else {
                return text
            }
            return text[..<when.upperBound] + "not (\(text[when.upperBound...]))"
        },
        Mutation("a prohibition is left out") { text in
            text.hasPrefix("forbid") ? text + " and false" : text
        },
        Mutation("a requirement is left out") { text in
            text.hasPrefix("require") ? text + " or true" : text
        },
        Mutation("an obligation is another", "watermark", "stamp"),
        Mutation("a lease is longer", "lease 2 days", "lease 3 days"),
        Mutation("a moment lasts longer", "within 14 days", "within 15 days"),
        Mutation("a moment lasts longer by a month", "within 1 month", "within 2 months"),
        Mutation(
            "a moment is of nowhere", ".moved-from(resource.owner)", ".moved-from(department \"o\")"
        ),
        Mutation("another action is denied", "subject may discover resource", "false"),
        Mutation("a check is not asked for", "subject passed k1", "true"),
        Mutation("every is some", "(every ", "(some "),
        Mutation("some is every", "(some ", "(every "),
        Mutation("any is all", " any {", " all {"),
        Mutation("all is any", " all {", " any {"),
        Mutation("below is equal", " below ", " = "),
        Mutation("has is always", "has subject.", "true or has subject."),
        Mutation("in force is known", ".in-force", ".in-force or true"),
        Mutation("less is less or equal", " < ", " <= "),
        Mutation("more is more or equal", " > ", " >= "),
        Mutation("equal is not equal", " = ", " != "),
        Mutation("an adjective is another", "subject engaged", "subject on-notice"),
        Mutation("the context is another", "device.kind = ", "device.kind != "),
    ]

    /// The same for every mutation, since writing and checking policies takes the most time.
    static let cases = (0..<100 as Range<UInt64>).map(Run.Seeded.init(seed:))

    @Test("the page is read as if", arguments: all)
    func isFound(mutation: Mutation) throws {
        let run = Run(definition: { mutation.applied(to: $0) })
        let tally = try run.tally(over: MutationTests.cases)
        #expect(!tally.counterexamples.isEmpty, "unnoticed over \(tally)")
    }

    @Test("a policy is shrunk, and the small one still shows it")
    func shrinks() throws {
        let mutation = MutationTests.all[0]
        let run = Run(definition: { mutation.applied(to: $0) })
        let found = try #require(
            try run.tally(over: MutationTests.cases).counterexamples.first)
        let small = found.shrunk()
        #expect(small.difference != nil)
        #expect(small.policy.declarations.count == 1)
        #expect(small.entries.count <= 4)
        #expect(small.report.contains("permits0"))
    }
}
