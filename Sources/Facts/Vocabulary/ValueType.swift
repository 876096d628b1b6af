/// The type of an attribute, of an event's field or of a context value.
public indirect enum ValueType: Hashable, Sendable {
    /// True or false.
    case boolean
    /// A whole number.
    case integer
    /// Text.
    case text
    /// A point in time; a date means its first instant.
    case instant
    /// A calendar day in the policy's zone, kept as its first instant.
    case date
    /// A date given as a last day: it means the next midnight.
    case lastDay
    /// A case of the enumeration or scale with this name.
    case enumeration(String)
    /// A reference to an entity of this kind, or of a kind below it.
    case entity(String)
    /// A set of values of one type.
    case set(of: ValueType)
}

/// A named list of cases; a scale is one whose cases are ordered.
public struct Enumeration: Hashable, Sendable, Named {
    /// A case: its name in policies and data, and its label for readers.
    public struct Case: Hashable, Sendable {
        /// The name policies and data use.
        public let name: String
        /// What a Japanese reader sees; the name where the policy gives none.
        public let label: String

        /// Creates a case.
        public init(name: String, label: String) {
            self.name = name
            self.label = label
        }
    }

    /// The enumeration's name.
    public let name: String
    /// The cases; of a scale, lowest first.
    public let cases: [Case]
    /// Whether the cases are ordered.
    public let isScale: Bool
    private let ranks: [String: Int]

    /// Creates an enumeration.
    public init(name: String, cases: [Case], isScale: Bool) {
        self.name = name
        self.cases = cases
        self.isScale = isScale
        ranks = Dictionary(cases.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// The case's place in the list, which is its rank in a scale.
    public func rank(of name: String) -> Int? { ranks[name] }
}

/// An attribute of an entity or a record.
public struct AttributeDeclaration: Hashable, Sendable, Named {
    /// The attribute's name.
    public let name: String
    /// Its type.
    public let type: ValueType
    /// What it is where no fact says otherwise; nil where that is unknown.
    public let defaultValue: Value?
    /// Who is believed about it, the most trusted first; none where whoever spoke last is.
    public let sources: [String]
    /// The purpose outside which no rule may read it; nil where it is free.
    public let limitedTo: String?
    /// Whether a request may say what it is of its subject or its resource.
    public let mayBeBrought: Bool

    /// Creates an attribute.
    public init(
        name: String, type: ValueType, defaultValue: Value? = nil, sources: [String] = [],
        limitedTo: String? = nil, mayBeBrought: Bool = false
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.sources = sources
        self.limitedTo = limitedTo
        self.mayBeBrought = mayBeBrought
    }
}
