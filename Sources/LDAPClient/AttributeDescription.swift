/// The name of an attribute with its options, such as `cn` or `sn;lang-ja;phonetic`.
///
/// Two are equal when their base names and options are, whatever the case and the options' order.
package struct AttributeDescription: Hashable, Sendable, CustomStringConvertible {
    /// The name without options, in lower case.
    package let base: String
    /// The options in lower case, sorted, each once.
    package let options: [String]

    /// Reads a description by the rules of RFC 4512: a short name or a number in dots, then options.
    ///
    /// - Throws: An error if the text could be anything else, a piece of a filter for example.
    package init(_ text: String) throws(AttributeDescriptionError) {
        self.init(reading: text)
        guard Self.isName(base) || Self.isNumber(base), options.allSatisfy(Self.isOption),
            !text.hasPrefix(";"), !text.hasSuffix(";"), !text.contains(";;")
        else {
            throw AttributeDescriptionError(text: text)
        }
    }

    /// Splits whatever a server or a caller wrote, checking nothing: for comparison, and for what was checked before.
    package init(reading text: String) {
        // Most are a name alone, and every value that is looked for in an entry comes by here.
        if !text.isEmpty, text.utf8.allSatisfy(Self.isLetter) {
            base = text.lowercased()
            options = []
            return
        }
        let parts = text.lowercased().split(separator: ";", omittingEmptySubsequences: true)
        base = parts.first.map(String.init) ?? ""
        options = Set(parts.dropFirst().map(String.init)).sorted()
    }

    /// Whether a text is this description, in whatever case and order of its options.
    package func isWritten(_ text: String) -> Bool {
        Self.base(of: text, is: base) && AttributeDescription(reading: text) == self
    }

    /// Whether a description has a base name, given in lower case; told without taking the text apart.
    static func base(of text: String, is base: String) -> Bool {
        var rest = base.utf8[...]
        for byte in text.utf8 {
            // A `;` before the name is no beginning of options.
            if byte == UInt8(ascii: ";") { return rest.isEmpty && !base.isEmpty }
            guard let next = rest.popFirst() else { return false }
            let lowered = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            // Beyond ASCII only the whole way can tell.
            guard byte < 0x80 else { return AttributeDescription(reading: text).base == base }
            guard lowered == next else { return false }
        }
        return rest.isEmpty
    }

    /// The name and its options as a server understands them.
    package var description: String { ([base] + options).joined(separator: ";") }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isNumber(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy {
                !$0.isEmpty && $0.allSatisfy(isDigit)
                    && ($0.count == 1 || $0.first != UInt8(ascii: "0"))
            }
    }

    private static func isOption(_ text: String) -> Bool {
        text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension AttributeDescription: ExpressibleByStringLiteral {
    /// Takes a description written in source.
    ///
    /// - Precondition: The literal is a valid description.
    package init(stringLiteral value: String) {
        do {
            try self.init(value)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

/// Text that is not an attribute's name.
package struct AttributeDescriptionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text as given.
    package let text: String

    /// One line in English.
    package var description: String { "`\(text)` is not the name of an attribute" }
}
