/// What goes with what: for each risk grade, say, the highest tier it may see.
public struct TableDeclaration: Hashable, Sendable, Named {
    /// One line of a table.
    public struct Row: Hashable, Sendable {
        /// What is looked up.
        public let key: Value
        /// What is found.
        public let value: Value

        /// Creates a line.
        public init(key: Value, value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// The table's name.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The type of what is looked up.
    public let keyType: ValueType
    /// The type of what is found.
    public let valueType: ValueType
    /// The lines; no key comes twice.
    public let rows: [Row]
    /// What is found for a key that has no line; nil where that is unknown.
    public let otherwise: Value?

    /// Creates a table.
    public init(
        name: String, label: String, keyType: ValueType, valueType: ValueType, rows: [Row],
        otherwise: Value?
    ) {
        self.name = name
        self.label = label
        self.keyType = keyType
        self.valueType = valueType
        self.rows = rows
        self.otherwise = otherwise
    }

    /// What goes with `key`; nil where the table doesn't say.
    public func value(for key: Value) -> Value? {
        rows.first { $0.key == key }?.value ?? otherwise
    }
}
