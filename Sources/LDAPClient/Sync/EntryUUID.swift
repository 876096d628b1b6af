/// What a directory knows an entry by, whatever its name is: `entryUUID`, or Active Directory's `objectGUID`.
///
/// It stays when the entry is renamed or moved; an entry that is deleted and made anew has another.
package struct EntryUUID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Its 16 bytes, in the order in which its text has them.
    package let bytes: [UInt8]

    /// Takes 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the text form of RFC 4122: 32 hexadecimal digits with hyphens after 8, 12, 16 and 20.
    package init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        var digits = groups.joined().utf8.makeIterator()
        var bytes: [UInt8] = []
        while let high = digits.next(), let low = digits.next() {
            guard let high = Self.digit(high), let low = Self.digit(low) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// Orders by bytes.
    package static func < (left: EntryUUID, right: EntryUUID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// The text form of RFC 4122, in lower case.
    package var description: String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
