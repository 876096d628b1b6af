public import Facts

/// A policy without mistakes: names resolved, types checked, definitions written out.
public struct CheckedPolicy: Sendable {
    /// The policy's name.
    public let name: String
    /// Its version, as its authors write it.
    public let version: String
    /// The zone its dates are in.
    public let zone: ZoneTable
    /// What it can speak of.
    public let vocabulary: Vocabulary
    /// Its rules, in order of name.
    public let rules: [CheckedRule]
    /// How long decisions may be held.
    public let leases: [CheckedLease]
    /// How many people may have some access, in order of name.
    public let limits: [CheckedLimit]
    /// What events ask people to do, in the order written.
    public let duties: [CheckedDuty]
    /// The groups of target systems whose members it defines, in order of name.
    public let entitlements: [CheckedEntitlement]
    /// What it promises, by example.
    public let scenarios: [CheckedScenario]
}

/// A part of a rule that must hold, with the words that said so.
public struct Clause: Hashable, Sendable {
    /// The condition.
    public let condition: Condition
    /// Its text in the policy, spaces made single.
    public let text: String

    /// Creates a clause.
    public init(condition: Condition, text: String) {
        self.condition = condition
        self.text = text
    }
}

/// A rule, checked.
public struct CheckedRule: Hashable, Sendable {
    /// What a rule does.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Gives a reason to permit.
        case permit
        /// Must hold, whatever the reason.
        case require
        /// Stands in the way.
        case forbid
        /// Adds obligations to a permit.
        case oblige
    }

    /// Its name; for one without, the digest of its text.
    public let name: String
    /// What it does.
    public let kind: Kind
    /// The obligations it adds, in order of name.
    public let obligations: [CheckedObligation]
    /// The actions it is about, in order of name.
    public let actions: [String]
    /// The class of resources it is about, as conditions on them.
    public let head: [Clause]
    /// When it applies; nothing for always.
    public let when: [Clause]
    /// What a requirement asks for.
    public let onlyIf: [Clause]
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text, spaces made single.
    public let text: String

    /// The three-valued outcome whose meaning `docs/semantics.md`, section 5, gives.
    public var outcome: Condition {
        let applies = Condition.all((head + when).map(\.condition))
        guard kind == .require else { return applies }
        return .or([.not(applies), Condition.all(onlyIf.map(\.condition))])
    }
}

/// How long a decision about a class of resources may be held without asking again.
public struct CheckedLease: Hashable, Sendable {
    /// The class.
    public let head: Condition
    /// How long.
    public let period: Period
}
