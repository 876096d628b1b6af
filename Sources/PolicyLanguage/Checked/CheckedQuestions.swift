public import Facts

/// A word handed over with a permit, and what it says besides.
public struct CheckedObligation: Hashable, Sendable {
    /// A value that goes with an obligation.
    public struct Parameter: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Where its value is read when a request is decided.
        public let value: Operand
        /// The value's type.
        public let type: ValueType
    }

    /// Its name.
    public let name: String
    /// What goes with it, in order of name.
    public let parameters: [Parameter]
}

/// Which resources a question is about, and whether one is enough or it takes all of them.
public struct CheckedExtent: Hashable, Sendable {
    /// The action.
    public let action: String
    /// Whether it takes every resource of the class; else some one is enough.
    public let isEvery: Bool
    /// The class.
    public let head: Condition
}

/// How many people may have some access.
public struct CheckedLimit: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The most people there may be.
    public let most: Int
    /// Access to what.
    public let extent: CheckedExtent
    /// The attribute, a reference or a set of them, that says which resources belong together; nil where all do.
    public let group: Operand?
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text, spaces made single.
    public let text: String
}

/// What an event asks somebody to do: to return, exchange, check again.
public struct CheckedDuty: Hashable, Sendable {
    /// What a duty is about.
    public enum Object: Hashable, Sendable {
        /// One thing.
        case one(Operand)
        /// Each of several.
        case each(Domain)
    }

    /// The event.
    public let event: String
    /// The variables that stand for the event's fields, by name.
    public let fields: [String: Int]
    /// What is to be done, in the policy's word.
    public let verb: String
    /// With what.
    public let object: Object
    /// The field that says until when; nil for the event's own time.
    public let byField: String?
    /// When there is such a duty, about the event's fields.
    public let when: Condition
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text, spaces made single.
    public let text: String
}

/// A group in a target system, and who belongs to it.
public struct CheckedEntitlement: Hashable, Sendable {
    /// The group's name in the target system.
    public let group: String
    /// Access to what makes a member.
    public let extent: CheckedExtent
    /// What the target enforces by itself, as circumstances of the request.
    public let assuming: [String: Value]
    /// The checks and purposes whose results membership may show.
    public let reveals: [String]
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text, spaces made single.
    public let text: String
}
