/// One change of an entry's attribute.
package struct LDAPModification: Hashable, Sendable {
    /// What happens to the values.
    package enum Operation: Hashable, Sendable {
        /// They come to the others; one that is there already fails the whole request.
        case add
        /// They go; one that isn't there fails the whole request.
        case delete
        /// They take the place of all.
        case replace
    }

    /// What happens.
    package let operation: Operation
    /// The attribute.
    package let attribute: AttributeDescription
    /// The values.
    package let values: [[UInt8]]

    /// Creates a change.
    package init(_ operation: Operation, _ attribute: AttributeDescription, _ values: [[UInt8]]) {
        self.operation = operation
        self.attribute = attribute
        self.values = values
    }

    /// Creates a change of texts.
    package init(_ operation: Operation, _ attribute: AttributeDescription, _ texts: [String]) {
        self.init(operation, attribute, texts.map { Array($0.utf8) })
    }
}
