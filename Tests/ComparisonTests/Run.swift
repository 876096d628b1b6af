import DecisionEngine
import Facts
import Foundation
import PolicyLanguage
import TestSupport

/// What a run over many random cases came to.
struct Tally: CustomStringConvertible {
    var policies = 0
    var refusals: [String] = []
    var companies = 0
    var decisions: [Decision.Basis: Int] = [:]
    var ends = 0
    var others = 0
    /// Decisions that evaluators gave from rows.
    var prepared = 0
    /// Requests that brought something.
    var brought = 0
    var counterexamples: [Counterexample] = []

    var comparisons: Int { decisions.values.reduce(0, +) + others + brought }

    var description: String {
        let bases = decisions.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        return """
            \(comparisons) comparisons over \(policies) policies (\(refusals.count) more refused) and \
            \(companies) companies: \(bases); \(ends) with an end; \(prepared) from rows; \(others) of decoded programs \
            and reverse questions; \(brought) that bring something
            """
    }
}

/// Puts random policies, companies and requests to both sides.
struct Run {
    static let companiesPerPolicy = 3
    static let questionsPerCompany = 12
    static let timesPerQuestion = 8

    /// How many times as many cases as usual: from the environment.
    static let multiple = number("NTK_COMPARISONS") ?? 1
    /// The one seed to run, where the environment names one.
    static let onlySeed = number("NTK_SEED")

    private static func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
    }

    /// Turns a policy into the one that the naive evaluator walks; nil for the same one.
    ///
    /// Policies that it leaves as they are show nothing and are left out.
    var definition: (@Sendable (RandomPolicy) -> RandomPolicy)?
    /// After how many differences to stop.
    var enough = 1

    /// A seed's policy, and the numbers that its companies and requests are made of.
    struct Seeded: Sendable {
        let seed: UInt64
        let example: RandomCase?
        let random: SplitMix64

        init(seed: UInt64, isPlain: Bool = false) {
            var random = SplitMix64(seed: seed)
            self.seed = seed
            example = RandomCase(&random, isPlain: isPlain)
            self.random = random
        }
    }

    func tally(over cases: some Sequence<Seeded>) throws -> Tally {
        var tally = Tally()
        for seeded in cases where tally.counterexamples.count < enough {
            try add(seeded, to: &tally)
        }
        return tally
    }

    private func add(_ seeded: Seeded, to tally: inout Tally) throws {
        guard let example = seeded.example, let policy = example.checked else {
            tally.refusals.append(
                "seed \(seeded.seed): \(seeded.example?.refusals ?? ["the preamble"])")
            return
        }
        var other = policy
        if let definition {
            let changed = definition(example.policy)
            guard changed != example.policy, let checked = changed.read().policy else { return }
            other = checked
        }
        var random = seeded.random
        tally.policies += 1
        for company in 0..<Run.companiesPerPolicy {
            let entries = example.ledger(&random)
            let sides = try Sides(
                policy: policy, definition: other, entries: entries,
                isThorough: definition == nil && company == 0)
            tally.companies += 1
            for _ in 0..<Run.questionsPerCompany {
                let requests = example.requests(
                    at: sides.naive.boundaries, count: Run.timesPerQuestion, &random)
                guard
                    let request = firstDifference(
                        between: sides, on: requests, of: example, &tally)
                else {
                    continue
                }
                if definition == nil { print("seed \(seeded.seed)") }
                tally.counterexamples.append(
                    Counterexample(
                        policy: example.policy, entries: entries, request: request,
                        definition: definition ?? { $0 }))
                return
            }
        }
    }

    private func firstDifference(
        between sides: Sides, on requests: [Request], of example: RandomCase, _ tally: inout Tally
    ) -> Request? {
        for (index, request) in requests.enumerated() {
            if sides.differenceDeciding(request) != nil { return request }
            let decision = sides.naive.decide(request)
            tally.decisions[decision.basis, default: 0] += 1
            tally.ends += decision.validUntil == nil ? 0 : 1
            tally.prepared += sides.isPrepared(for: request) ? 1 : 0
            guard index == 0 else { continue }
            if sides.differenceAround(request) != nil { return request }
            tally.others += 3
            var random = SplitMix64(seed: UInt64(tally.others))
            for request in requests.prefix(1) where definition == nil {
                let bringing = example.bringing(request, &random)
                if sides.differenceBringing(bringing) != nil { return bringing }
                tally.brought += 1
            }
        }
        return nil
    }
}
