public import DecisionEngine
import Diagnostics
public import Facts
public import PolicyLanguage

/// A random policy with its readers' verdict, and companies that live by it.
public struct RandomCase: Sendable {
    /// What the checker had against the policy; empty where it took it.
    public let refusals: [String]
    /// The policy.
    public let policy: RandomPolicy
    /// The policy, checked; nil where the checker refused it.
    public let checked: CheckedPolicy?
    private let world: RandomWorld
    private let isPlain: Bool

    /// Writes the policy of a seed.
    ///
    /// - Parameters:
    ///   - random: the numbers; the same ones give the same case.
    ///   - isPlain: whether its rules compare what people and resources have, and nothing else: what an engine is
    ///     best prepared for. Companies then state other values all the time.
    public init?(_ random: inout SplitMix64, isPlain: Bool = false) {
        self.isPlain = isPlain
        let preamble = RandomPreamble.text(&random)
        // Read without rules first: what the vocabulary has, the rules may speak of.
        guard let vocabulary = Fixtures.read(preamble).policy else { return nil }
        world = RandomWorld(
            vocabulary: vocabulary.vocabulary, zone: vocabulary.zone, random: &random)
        var policies = RandomPolicies(
            preamble: preamble, world: world, isPlain: isPlain)
        var written = policies.policy(&random)
        var result = written.read()
        let refused = Set(result.diagnostics.map(\.code))
        if !refused.isEmpty, refused.isSubset(of: [.entitlementNeedsContext, .purposeInObligation])
        {
            // The hour decides about the action too: nobody can say who belongs to a group then. And an obligation may
            // ask for a decision unless that reads what serves one purpose.
            written.declarations.removeAll {
                $0.hasPrefix("entitlement") && refused.contains(.entitlementNeedsContext)
                    || $0.hasPrefix("oblige") && refused.contains(.purposeInObligation)
            }
            result = written.read()
        }
        policy = written
        checked = result.policy
        refusals =
            result.policy != nil
            ? [] : result.diagnostics.map { "\($0.code.rawValue) \($0.arguments)" }
    }

    /// Writes the ledger of a company.
    public func ledger(_ random: inout SplitMix64) -> [LedgerEntry] {
        RandomCompany.ledger(of: world, isRestless: isPlain, &random)
    }

    /// Makes requests that differ in their times alone, either side of some of `boundaries`.
    public func requests(
        at boundaries: [Instant], count: Int, _ random: inout SplitMix64
    ) -> [Request] {
        RandomRequests(world: world).requests(at: boundaries, count: count, &random)
    }

    /// The same request, bringing something of its subject and its resource.
    public func bringing(_ request: Request, _ random: inout SplitMix64) -> Request {
        RandomRequests(world: world).bringing(request, &random)
    }
}
