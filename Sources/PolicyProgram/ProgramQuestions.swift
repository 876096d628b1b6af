public import Facts

/// A word handed over with a permit, and where the values that go with it are read.
public struct ProgramObligation: Hashable, Sendable {
    /// A value that goes with an obligation.
    public struct Parameter: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The operand.
        public let value: UInt32
        /// The value's type.
        public let type: ValueType

        package init(name: String, value: UInt32, type: ValueType) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// Its name.
    public let name: String
    /// What goes with it, in order of name.
    public let parameters: [Parameter]

    package init(name: String, parameters: [Parameter]) {
        self.name = name
        self.parameters = parameters
    }
}

/// Which resources a question is about, and whether one is enough or it takes all of them.
public struct ProgramExtent: Hashable, Sendable {
    /// The action, by its place in the table of actions.
    public let action: UInt32
    /// Whether it takes every resource of the class; else some one is enough.
    public let isEvery: Bool
    /// The class.
    public let head: NodeIndex

    package init(action: UInt32, isEvery: Bool, head: NodeIndex) {
        self.action = action
        self.isEvery = isEvery
        self.head = head
    }
}

/// What the policy's author says of a question: its text, why it is there, and what it carries out.
public struct ProgramWhy: Hashable, Sendable {
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text.
    public let text: String

    package init(because: [String: String], cites: [String], text: String) {
        self.because = because
        self.cites = cites
        self.text = text
    }
}

/// How many people may have some access.
public struct ProgramLimit: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The most people there may be.
    public let most: Int
    /// Access to what.
    public let extent: ProgramExtent
    /// The operand that says which resources belong together; nil where all do.
    public let group: UInt32?
    /// Why it is there.
    public let why: ProgramWhy

    package init(name: String, most: Int, extent: ProgramExtent, group: UInt32?, why: ProgramWhy) {
        self.name = name
        self.most = most
        self.extent = extent
        self.group = group
        self.why = why
    }
}

/// What an event asks somebody to do.
public struct ProgramDuty: Hashable, Sendable {
    /// What a duty is about.
    public enum Object: Hashable, Sendable {
        /// What an operand gives.
        case one(UInt32)
        /// What another operand gives for each of several, put in the slot one after another.
        case each(DomainNode, slot: UInt16, UInt32)
    }

    /// The event, by its place in the vocabulary.
    public let event: UInt32
    /// The slots in which the event's fields are put, by name.
    public let fields: [String: UInt32]
    /// What is to be done.
    public let verb: String
    /// With what.
    public let object: Object
    /// The field that says until when; nil for the event's own time.
    public let byField: String?
    /// When there is such a duty.
    public let when: NodeIndex
    /// Why it is there.
    public let why: ProgramWhy

    package init(
        event: UInt32, fields: [String: UInt32], verb: String, object: Object, byField: String?,
        when: NodeIndex, why: ProgramWhy
    ) {
        self.event = event
        self.fields = fields
        self.verb = verb
        self.object = object
        self.byField = byField
        self.when = when
        self.why = why
    }
}

/// A group in a target system, and who belongs to it.
public struct ProgramEntitlement: Hashable, Sendable {
    /// The group's name in the target system.
    public let group: String
    /// Access to what makes a member.
    public let extent: ProgramExtent
    /// What the target enforces by itself, as circumstances of the request.
    public let assuming: [String: Value]
    /// The checks and purposes whose results membership may show.
    public let reveals: [String]
    /// Whose approval it takes that somebody joins it; nil for nobody's.
    public let approval: ProgramApproval?
    /// Why it is there.
    public let why: ProgramWhy

    package init(
        group: String, extent: ProgramExtent, assuming: [String: Value], reveals: [String],
        approval: ProgramApproval? = nil, why: ProgramWhy
    ) {
        self.group = group
        self.extent = extent
        self.assuming = assuming
        self.reveals = reveals
        self.approval = approval
        self.why = why
    }
}

/// Whose approval it takes that somebody joins a group.
public struct ProgramApproval: Hashable, Sendable {
    /// How many people's.
    public let count: Int
    /// The action that they must be allowed themselves with what the group is about, by its place in the table of actions.
    public let action: UInt32

    package init(count: Int, action: UInt32) {
        self.count = count
        self.action = action
    }
}

extension ProgramEntitlement {
    /// The same for those who may approve: whoever belongs to it may.
    ///
    /// Nil where nobody's approval is asked for.
    public var approvers: ProgramEntitlement? {
        approval.map { approval in
            ProgramEntitlement(
                group: group,
                extent: ProgramExtent(
                    action: approval.action, isEvery: extent.isEvery, head: extent.head),
                assuming: assuming, reveals: reveals, why: why)
        }
    }
}
