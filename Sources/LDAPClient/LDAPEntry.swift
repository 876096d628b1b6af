/// One entry of a directory, copied whole.
package struct LDAPEntry: Hashable, Sendable {
    /// Its name as the directory writes it.
    package var dn: String
    /// Its attributes in the directory's order.
    package var attributes: [LDAPAttribute]

    /// Makes an entry.
    package init(dn: String, attributes: [LDAPAttribute]) {
        self.dn = dn
        self.attributes = attributes
    }

    /// The attribute with exactly this name and these options.
    ///
    /// Case doesn't matter, nor does the order of the options: `CN;LANG-ja` finds `cn;lang-ja`,
    /// and `cn` doesn't.
    package func attribute(_ description: String) -> LDAPAttribute? {
        // Servers mostly write a name as it was asked for.
        if let same = attributes.first(where: { $0.description == description }) { return same }
        let wanted = AttributeDescription(reading: description)
        return attributes.first { wanted.isWritten($0.description) }
    }

    /// All attributes of a base name, with whatever options.
    package func attributes(named base: String) -> [LDAPAttribute] {
        let wanted = AttributeDescription(reading: base).base
        return attributes.filter { AttributeDescription.base(of: $0.description, is: wanted) }
    }

    /// The values of an attribute; none if the entry doesn't have it.
    package func values(_ description: String) -> [[UInt8]] {
        attribute(description)?.values ?? []
    }

    /// The first value that is text.
    package func text(_ description: String) -> String? {
        for value in values(description) {
            if let text = String(validating: value, as: UTF8.self) { return text }
        }
        return nil
    }

    /// All values that are text.
    package func texts(_ description: String) -> [String] {
        values(description).compactMap { String(validating: $0, as: UTF8.self) }
    }
}

/// An attribute of an entry: its name with options, and its values.
package struct LDAPAttribute: Hashable, Sendable {
    /// Name and options as the directory writes them, such as `cn;lang-ja`.
    package var description: String
    /// The values as bytes, in the directory's order.
    package var values: [[UInt8]]

    /// Makes an attribute of bytes.
    package init(description: String, values: [[UInt8]]) {
        self.description = description
        self.values = values
    }

    /// Makes an attribute of texts.
    package init(_ description: String, _ texts: String...) {
        self.init(description: description, values: texts.map { Array($0.utf8) })
    }
}
