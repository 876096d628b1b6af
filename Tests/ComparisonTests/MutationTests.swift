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
        Mutation("none is some", "(no ", "(some "),
        Mutation("two are three", "at least 2 ", "at least 3 "),
        Mutation("one at most is two at most", "at most 1 ", "at most 2 "),
        Mutation("exactly one is one at least", "exactly 1 ", "at least 1 "),
        Mutation("only is any", " only {", " any {"),
        Mutation(
            "a chain is one", "in chain of resource.owner where d =",
            "in resource.owner.parents where d ="),
        Mutation("a table is read otherwise", "resource.tier <= cap[", "resource.tier > cap["),
        Mutation("a list is another", "resource in liked", "not (resource in liked)"),
        Mutation("a window is another", "during working", "during 00:00 to 23:00"),
        Mutation("since is until", "since 2026-04-05", "until 2026-04-05"),
        Mutation(
            "a period after an instant is longer", "within 14 days after", "within 15 days after"),
        Mutation("what is over is not", "at least 1 month after", "at least 2 months after"),
        Mutation("what was is what is", "was (subject engaged) on 2026-04-05", "subject engaged"),
        Mutation("what has held need not", " for at least 10 days", ""),
        Mutation(
            "a definition is about something else", "at-home(resource.owner)",
            "at-home(department \"d3\")"),
        Mutation("the context is another", "device.kind = ", "device.kind != "),
    ]

    /// The same for every mutation, and made when one first asks: most are noticed in the first few, and writing and
    /// checking policies takes the most time.
    static let cases = SeededCases(count: 800)

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
