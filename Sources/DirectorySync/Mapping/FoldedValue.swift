import LDAPClient

/// A value in the form that all values share which a directory takes for one.
struct FoldedValue: Hashable, Comparable {
    private let bytes: [UInt8]

    /// Folds text; bytes that aren't text stay as they are.
    init(_ bytes: [UInt8]) {
        self.bytes = Self.fold(bytes, by: TextMatching.folded)
    }

    /// Orders by the folded bytes, which is the order of code points.
    static func < (left: FoldedValue, right: FoldedValue) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Whether the value begins so, goes on with these in this order, and ends so.
    func has(initial: [UInt8]?, any: [[UInt8]], final: [UInt8]?) -> Bool {
        var rest = bytes[...]
        if let initial {
            let piece = Self.foldPiece(initial).drop { $0 == Self.space }
            guard rest.starts(with: piece) else { return false }
            rest = rest.dropFirst(piece.count)
        }
        for piece in any.map(Self.foldPiece) {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        guard let final else { return true }
        var piece = Self.foldPiece(final)
        while piece.last == Self.space { piece.removeLast() }
        return rest.count >= piece.count && rest.suffix(piece.count).elementsEqual(piece)
    }

    private static let space = UInt8(ascii: " ")

    private static func foldPiece(_ bytes: [UInt8]) -> [UInt8] {
        fold(bytes, by: TextMatching.foldedPiece)
    }

    private static func fold(_ bytes: [UInt8], by folding: (String) -> String) -> [UInt8] {
        String(validating: bytes, as: UTF8.self).map { Array(folding($0).utf8) } ?? bytes
    }
}
