/// What a policy can speak of: kinds, relations, enumerations, actions, contexts, checks and events.
///
/// The engine knows no kind, attribute or event by name; it knows what the vocabulary tells it.
public struct Vocabulary: Hashable, Sendable {
    /// An action and the kind of resource it can be taken on.
    public struct ActionDeclaration: Hashable, Sendable {
        /// The action's name.
        public let name: String
        /// The kind of resource.
        public let kind: String
        /// What a request for it says besides, by the names of context values.
        public let arguments: [String]

        /// Creates an action.
        public init(name: String, kind: String, arguments: [String] = []) {
            self.name = name
            self.kind = kind
            self.arguments = arguments
        }
    }

    /// A value that a request may bring of its circumstances.
    public struct ContextDeclaration: Hashable, Sendable, Named {
        /// The dotted name, such as `device.kind`; of an action's argument, the name alone.
        public let name: String
        /// Its type.
        public let type: ValueType

        /// Creates a context value.
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    /// Enumerations and scales by name.
    public var enumerations: NameTable<Enumeration>
    /// Kinds of entity and record by name.
    public var kinds: NameTable<KindDeclaration>
    /// Actions, each with a kind it applies to.
    public var actions: [ActionDeclaration]
    /// Context values by dotted name.
    public var contexts: NameTable<ContextDeclaration>
    /// Aptitude checks by name.
    public var checks: NameTable<CheckDeclaration>
    /// Events by name.
    public var events: NameTable<EventDeclaration>
    /// Who states facts, by name.
    public var sources: NameTable<SourceDeclaration> = []
    /// What some facts are limited to, by name.
    public var purposes: NameTable<PurposeDeclaration> = []
    /// Tables by name.
    public var tables: NameTable<TableDeclaration> = []
    /// Lists by name.
    public var lists: NameTable<ListDeclaration> = []
    /// Calendars by name.
    public var calendars: NameTable<CalendarDeclaration> = []

    /// Creates a vocabulary.
    public init(
        enumerations: NameTable<Enumeration> = [],
        kinds: NameTable<KindDeclaration> = [],
        actions: [ActionDeclaration] = [],
        contexts: NameTable<ContextDeclaration> = [],
        checks: NameTable<CheckDeclaration> = [],
        events: NameTable<EventDeclaration> = []
    ) {
        self.enumerations = enumerations
        self.kinds = kinds
        self.actions = actions
        self.contexts = contexts
        self.checks = checks
        self.events = events
    }

    /// The kind whom requests are about.
    public static let subjectKind = "person"
    /// The kind of what is protected.
    public static let resourceKind = "resource"
    /// The kind whose entities are the checks the policy declares.
    public static let checkKind = "check"
    /// The purpose of the records that `passed` reads, and nothing else.
    public static let checkPurpose = "checks"

    /// The id of a person, as requests name them.
    package func subject(_ name: String) -> EntityID {
        EntityID(kind: rootKind(of: Vocabulary.subjectKind), name: name)
    }

    /// The id of a resource, likewise.
    package func resource(_ name: String) -> EntityID {
        EntityID(kind: rootKind(of: Vocabulary.resourceKind), name: name)
    }

    /// The kind at the top of `kind`'s line of parents: where its ids are unique.
    public func rootKind(of kind: String) -> String {
        var current = kind
        // Bounded by the number of kinds, so that a circular line can't hang whoever asks.
        for _ in 0..<kinds.count {
            guard let parent = kinds[current]?.parent else { return current }
            current = parent
        }
        return current
    }

    /// Whether `kind` is `ancestor` or a special case of it.
    public func isKind(_ kind: String, _ ancestor: String) -> Bool {
        var current: String? = kind
        for _ in 0...kinds.count {
            guard let name = current else { return false }
            if name == ancestor { return true }
            current = kinds[name]?.parent
        }
        return false
    }

    /// The record kind that `relation` of an entity of `kind` leads to.
    public func record(relation: String, of kind: String) -> KindDeclaration? {
        kinds.first { declaration in
            guard let ownership = declaration.ownership else { return false }
            return ownership.relation == relation && isKind(kind, ownership.owner)
        }
    }

    /// The names of the actions that can be taken on a resource of `kind`, in order of declaration.
    public func actionNames(on kind: String) -> [String] {
        actions.filter { isKind(kind, $0.kind) }.map(\.name)
    }

    /// All action names, each once, in order of declaration.
    public var actionNames: [String] {
        var seen: Set<String> = []
        return actions.map(\.name).filter { seen.insert($0).inserted }
    }

    /// The event that `command` records, by its verb or by its name.
    public func event(command: String) -> EventDeclaration? {
        events[command] ?? events.first { $0.command == command }
    }
}
