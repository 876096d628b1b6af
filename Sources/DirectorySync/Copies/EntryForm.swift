import LDAPClient

/// How an entry is kept: its name, then each attribute's name and values, every piece with its length before it.
enum EntryForm {
    static func bytes(of entry: LDAPEntry) -> [UInt8] {
        var bytes: [UInt8] = []
        append(Array(entry.dn.utf8), to: &bytes)
        append(entry.attributes.count, to: &bytes)
        for attribute in entry.attributes {
            append(Array(attribute.description.utf8), to: &bytes)
            append(attribute.values.count, to: &bytes)
            for value in attribute.values { append(value, to: &bytes) }
        }
        return bytes
    }

    /// The entry that bytes stand for; nil where they are no entry.
    static func entry(_ bytes: [UInt8]) -> LDAPEntry? {
        var rest = bytes[...]
        guard let dn = text(&rest), let count = number(&rest) else { return nil }
        var attributes: [LDAPAttribute] = []
        for _ in 0..<count {
            guard let description = text(&rest), let count = number(&rest) else { return nil }
            var values: [[UInt8]] = []
            for _ in 0..<count {
                guard let value = piece(&rest) else { return nil }
                values.append(value)
            }
            attributes.append(LDAPAttribute(description: description, values: values))
        }
        return rest.isEmpty ? LDAPEntry(dn: dn, attributes: attributes) : nil
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        // Seven bits at a time, the lowest first; the eighth says that more follow.
        var rest = UInt(number)
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func append(_ piece: [UInt8], to bytes: inout [UInt8]) {
        append(piece.count, to: &bytes)
        bytes += piece
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        var number: UInt = 0
        var shift: UInt = 0
        while let byte = rest.popFirst() {
            guard shift <= 49 else { return nil }
            number |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return Int(number) }
            shift += 7
        }
        return nil
    }

    private static func piece(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let count = number(&rest), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
        piece(&rest).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
