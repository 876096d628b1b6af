public import Diagnostics
public import Facts

/// Facts made up, and what the policy must answer on them.
public struct CheckedScenario: Sendable {
    /// Something that is expected.
    public struct Expectation: Hashable, Sendable {
        /// What it is about.
        public enum Content: Hashable, Sendable {
            /// The decision on a request.
            case decision(ExpectedDecision)
            /// A row of the plan that the scenario's events make.
            case change(ExpectedChange)
            /// That the plan takes nothing from a person and gives them nothing.
            case noChange(subject: EntityID)
        }

        /// What is expected.
        public let content: Content
        /// Where it stands.
        public let place: Place

        /// Whether it is about what events change.
        public var isAboutPlan: Bool {
            if case .decision = content { false } else { true }
        }
    }

    /// What it shows.
    public let title: String
    /// Where it stands.
    public let place: Place
    /// The facts, as a ledger would hold them.
    public let entries: [LedgerEntry]
    /// What to expect of them.
    public let expectations: [Expectation]
}

/// A decision as a scenario expects it.
public struct ExpectedDecision: Hashable, Sendable {
    /// Whether the request should be permitted.
    public let isPermitted: Bool
    /// Who asks.
    public let subject: EntityID
    /// To do what.
    public let action: String
    /// With what.
    public let resource: EntityID
    /// When.
    public let time: Instant
    /// In which circumstances.
    public let context: [String: Value]
    /// Rules that must be among the determining ones.
    public let rules: [String]
    /// The names of exactly the obligations that come with it, in order; nil where nothing is said of them.
    public let obligations: [String]?
    /// Until when it must hold; nil where nothing is said of it.
    public let end: ExpectedEnd?
}

/// A row of a plan as a scenario expects it.
public struct ExpectedChange: Hashable, Sendable {
    /// What happens to access.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It ends, ends for a time, remains under more conditions, begins, stays on other grounds.
        case revoke, suspend, restrict, grant, keep
    }

    /// What happens.
    public let kind: Kind
    /// To whom.
    public let subject: EntityID
    /// Which action.
    public let action: String
    /// With what.
    public let resource: EntityID
    /// From when.
    public let time: Instant
    /// Until when; nil where nothing is said of it.
    public let end: ExpectedEnd?
    /// Rules that the row must name.
    public let rules: [String]
}

/// When something expected ends.
public enum ExpectedEnd: Hashable, Sendable {
    /// At this instant.
    case at(Instant)
    /// Never, with the facts as known.
    case never
}
