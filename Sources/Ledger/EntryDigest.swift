import Crypto
import Foundation

/// A digest that stands for an entry and for all entries before it.
///
/// The first entry follows 32 zero bytes. An entry's digest is SHA-256 of the digest before it and of the entry's canonical
/// form, which `docs/ledger.md` gives byte by byte.
package struct EntryDigest: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes it has.
    static let size = SHA256.byteCount
    /// What the first entry follows.
    static let beginning = EntryDigest(bytes: Data(repeating: 0, count: size))

    let bytes: Data

    /// Digits and lower-case letters, two for a byte.
    package var description: String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    private init(bytes: Data) { self.bytes = bytes }

    /// A digest that was stored; nil where it is none.
    init?(stored bytes: Data) {
        guard bytes.count == EntryDigest.size else { return nil }
        self.init(bytes: bytes)
    }

    /// Reads what `description` gives; nil where it is something else.
    package init?(_ text: some StringProtocol) {
        var bytes = Data()
        var rest = Substring(text)
        while !rest.isEmpty {
            let pair = rest.prefix(2)
            guard pair.utf8.count == 2, pair.allSatisfy({ "0123456789abcdef".contains($0) }),
                let byte = UInt8(pair, radix: 16)
            else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.init(stored: bytes)
    }

    /// The digest of an entry that follows this one's.
    ///
    /// - Complexity: linear in the entry's size.
    func followed(by entry: StoredForm) -> EntryDigest {
        var hash = SHA256()
        hash.update(data: bytes)
        hash.update(data: entry.canonical)
        return EntryDigest(bytes: Data(hash.finalize()))
    }
}

/// The last entry of a ledger, and what stands for all of it.
package struct LedgerHead: Hashable, Sendable, CustomStringConvertible {
    /// The last entry's sequence; 0 where there is none.
    package let sequence: Int64
    /// Its digest.
    package let digest: EntryDigest

    /// The sequence and the digest, with a space between them.
    package var description: String { "\(sequence) \(digest)" }

    init(sequence: Int64, digest: EntryDigest) {
        self.sequence = sequence
        self.digest = digest
    }

    /// Reads what `description` gives, white space around it aside; nil where it is something else.
    package init?(_ text: String) {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0,
            let digest = EntryDigest(parts[1])
        else { return nil }
        self.init(sequence: sequence, digest: digest)
    }
}

/// An entry's columns, as they are stored.
struct StoredForm {
    let sequence: Int64
    let kind: String
    let source: String
    let recordedAt: Int64
    let effective: Int64?
    let eventID: String?
    let body: Data

    /// The columns one after the other: numbers as eight bytes, the greatest first; texts and the body with their length
    /// before them; what may be missing with a byte before it that says whether it is there.
    var canonical: Data {
        var data = Data()
        func add(_ number: Int64) {
            unsafe withUnsafeBytes(of: number.bigEndian) { unsafe data.append(contentsOf: $0) }
        }
        func add(_ bytes: some Collection<UInt8>) {
            add(Int64(bytes.count))
            data.append(contentsOf: bytes)
        }
        func add<Value>(_ value: Value?, _ body: (Value) -> Void) {
            data.append(value == nil ? 0 : 1)
            if let value { body(value) }
        }
        add(sequence)
        add(kind.utf8)
        add(source.utf8)
        add(recordedAt)
        add(effective) { add($0) }
        add(eventID) { add($0.utf8) }
        add(body)
        return data
    }
}
