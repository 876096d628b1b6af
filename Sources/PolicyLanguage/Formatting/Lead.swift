import Diagnostics

/// What stands before a word: comments, and whether lines were left empty.
struct Lead {
    struct Comment {
        let text: String
        /// Whether it stands behind a word, on that word's line.
        let isTrailing: Bool
        let isBlankBefore: Bool
    }

    var comments: [Comment] = []
    /// Whether an empty line stands right before the word.
    var isBlankBefore = false

    /// What stands before `token` in `source`.
    init(of token: Token, in source: SourceText) {
        let bytes = source.bytes
        let end = token.place.span.lower
        var offset = token.triviaStart
        var newlines = 0
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                newlines += 1
                offset += 1
            case UInt8(ascii: "/"):
                let start = offset
                while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
                let isTrailing = newlines == 0 && token.triviaStart > 0
                comments.append(
                    Comment(
                        text: Lead.text(bytes[start..<offset]), isTrailing: isTrailing,
                        isBlankBefore: newlines > 1))
                newlines = 0
            default: offset += 1
            }
        }
        isBlankBefore = newlines > 1
    }

    /// A comment without the spaces at its end.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        let length = bytes.reversed().drop(while: isSpace).count
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    /// Takes over what stood before a word that is left out, in front of its own.
    mutating func join(after earlier: Lead) {
        if comments.isEmpty {
            isBlankBefore = isBlankBefore || (earlier.comments.isEmpty && earlier.isBlankBefore)
        }
        comments = earlier.comments + comments
    }
}
