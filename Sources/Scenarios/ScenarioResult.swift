public import DecisionEngine
public import Diagnostics
public import Facts
public import Lifecycle
public import PolicyLanguage

/// What running a scenario gave.
public struct ScenarioResult: Sendable {
    /// In what an answer differs from what was expected.
    public enum Mismatch: String, Hashable, Sendable {
        /// It is permitted where it should be denied, or the other way round.
        case verdict
        /// A rule is not among those that determined it.
        case rules
        /// Its obligations are others.
        case obligations
        /// It holds until another time.
        case end
        /// The plan has no such row.
        case missingRow
        /// The plan has rows where nothing should change.
        case unexpectedRow
        /// There is no plan: the policy tells too many circumstances apart to compare them all.
        case noPlan
    }

    /// An expectation and what the policy answered.
    public struct Outcome: Sendable {
        /// What was expected.
        public let expectation: CheckedScenario.Expectation
        /// What was asked; nil where a whole person was asked for.
        ///
        /// Of a change it is asked without any circumstances.
        public let request: Request?
        /// The answer with its reasons.
        public let explanation: Explanation?
        /// What the plan says of the person, the action and the resource.
        public let rows: [Plan.Row]
        /// In what the answer differs; nothing where the policy kept its promise.
        public let mismatches: [Mismatch]
        /// The expected rules that the answer does not name.
        public let missingRules: [String]
        /// What the rules about the action came to, where a decision was asked for.
        package let truths: [RuleTruths]
        /// The row that was expected.
        package let match: Plan.Row?

        /// Whether the policy kept its promise.
        public var isMet: Bool { mismatches.isEmpty }
    }

    /// What the scenario shows.
    public let title: String
    /// Where it stands.
    public let place: Place
    /// Its facts.
    public let facts: FactBase
    /// Its expectations, in the order written.
    public let outcomes: [Outcome]

    /// Whether all of them were met.
    public var hasPassed: Bool { outcomes.allSatisfy(\.isMet) }

    /// Creates a result.
    public init(title: String, place: Place, facts: FactBase, outcomes: [Outcome]) {
        self.title = title
        self.place = place
        self.facts = facts
        self.outcomes = outcomes
    }
}

extension Decision {
    /// The names of its obligations, in order: what expectations compare.
    package var obligationNames: [String] { Set(obligations.map(\.name)).sorted() }
}
