import Foundation

extension LDIF {
    /// How long a line may be, its end aside (RFC 2849, note 10).
    private static let lineBytes = 76

    /// The text of change records (RFC 2849), for programs that apply them.
    ///
    /// - Parameter records: the entries' names, and what changes in each; one without changes is left out.
    /// - Returns: the text, in ASCII.
    package static func text(
        of records: [(dn: DistinguishedName, changes: [LDAPModification])]
    ) -> String {
        var text = "version: 1\n"
        for (dn, changes) in records where !changes.isEmpty {
            text += "\n" + line("dn", Array(dn.description.utf8)) + "changetype: modify\n"
            for change in changes {
                let name = change.attribute.description
                text += line(change.operation.word, Array(name.utf8))
                for value in change.values { text += line(name, value) }
                text += "-\n"
            }
        }
        return text
    }

    /// A name and its value, in base64 where the value could be taken for something else; folded where it is long.
    private static func line(_ name: String, _ value: [UInt8]) -> String {
        let text =
            if value.isEmpty {
                ":"
            } else if isSafe(value) {
                ": " + String(decoding: value, as: UTF8.self)
            } else {
                ":: " + Data(value).base64EncodedString()
            }
        var rest = Array((name + text).utf8)[...]
        var lines = String(decoding: rest.prefix(lineBytes), as: UTF8.self) + "\n"
        rest = rest.dropFirst(lineBytes)
        while !rest.isEmpty {
            lines += " " + String(decoding: rest.prefix(lineBytes - 1), as: UTF8.self) + "\n"
            rest = rest.dropFirst(lineBytes - 1)
        }
        return lines
    }

    /// Whether a value is a SAFE-STRING of RFC 2849, without the space at its end that editors remove.
    private static func isSafe(_ value: [UInt8]) -> Bool {
        guard let first = value.first, let last = value.last else { return false }
        let signs: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: "<")]
        return !signs.contains(first) && last != UInt8(ascii: " ")
            && value.allSatisfy { $0 < 0x80 && $0 != 0 && $0 != 0x0A && $0 != 0x0D }
    }
}

extension LDAPModification.Operation {
    fileprivate var word: String {
        switch self {
        case .add: "add"
        case .delete: "delete"
        case .replace: "replace"
        }
    }
}
