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

        /// Creates a parameter.
        package init(name: String, value: Operand, type: ValueType) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// Its name.
    public let name: String
    /// What goes with it, in order of name.
    public let parameters: [Parameter]

    /// Creates an obligation.
    package init(name: String, parameters: [Parameter]) {
        self.name = name
        self.parameters = parameters
    }
}

/// Which resources a question is about, and whether one is enough or it takes all of them.
public struct CheckedExtent: Hashable, Sendable {
    /// The action.
    public let action: String
    /// Whether it takes every resource of the class; else some one is enough.
    public let isEvery: Bool
    /// The class.
    public let head: Condition

    /// Creates a question about access.
    package init(action: String, isEvery: Bool, head: Condition) {
        self.action = action
        self.isEvery = isEvery
        self.head = head
    }
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

    /// Creates a limit.
    package init(
        name: String, most: Int, extent: CheckedExtent, group: Operand?, because: [String: String],
        cites: [String], text: String
    ) {
        self.name = name
        self.most = most
        self.extent = extent
        self.group = group
        self.because = because
        self.cites = cites
        self.text = text
    }
}

/// What an event asks somebody to do: to return, exchange, check again.
public struct CheckedDuty: Hashable, Sendable {
    /// What a duty is about.
    public enum Object: Hashable, Sendable {
        /// One thing.
        case one(Operand)
        /// What is read from each of several, put in the variable one after another.
        case each(Domain, variable: Int, Operand)
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

    /// Creates a duty.
    package init(
        event: String, fields: [String: Int], verb: String, object: Object, byField: String?,
        when: Condition, because: [String: String], cites: [String], text: String
    ) {
        self.event = event
        self.fields = fields
        self.verb = verb
        self.object = object
        self.byField = byField
        self.when = when
        self.because = because
        self.cites = cites
        self.text = text
    }
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
    /// Whose approval it takes that somebody joins it; nil for nobody's.
    public let approval: CheckedApproval?
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text, spaces made single.
    public let text: String

    /// Creates an entitlement.
    package init(
        group: String, extent: CheckedExtent, assuming: [String: Value], reveals: [String],
        approval: CheckedApproval?, because: [String: String], cites: [String], text: String
    ) {
        self.group = group
        self.extent = extent
        self.assuming = assuming
        self.reveals = reveals
        self.approval = approval
        self.because = because
        self.cites = cites
        self.text = text
    }
}

/// Whose approval it takes that somebody joins a group.
public struct CheckedApproval: Hashable, Sendable {
    /// How many people's.
    public let count: Int
    /// What they must be allowed to do themselves with what the group is about.
    public let action: String

    /// Creates a demand.
    package init(count: Int, action: String) {
        self.count = count
        self.action = action
    }
}

extension CheckedDuty {
    /// The variables that it reads: those of fields, of quantifiers, and of what it looks through.
    package var variablesRead: Set<Int> {
        let about: [Operand] =
            switch object {
            case .one(let operand): [operand]
            case .each(let domain, _, let value): [domain.operand, value]
            }
        let operands = about + when.subconditions.flatMap(\.operands)
        return Set(
            operands.flatMap(\.parts).compactMap { part in
                guard case .variable(let id) = part else { return nil }
                return id
            })
    }
}
