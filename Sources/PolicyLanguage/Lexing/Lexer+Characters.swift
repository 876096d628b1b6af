import Diagnostics

extension Lexer {
    /// The scalar whose encoding begins at `position`; nil at the end, or where the bytes are no UTF-8.
    func scalar(at position: Int) -> Unicode.Scalar? {
        let bytes = source.bytes
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        if first < 0x80 { return Unicode.Scalar(first) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard position + length <= bytes.count else { return nil }
        // Decoding the bytes strictly refuses overlong forms, surrogates and stray continuations.
        guard let text = String(validating: bytes[position..<position + length], as: UTF8.self)
        else {
            return nil
        }
        return text.unicodeScalars.first
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { value >= 0x30 && value <= 0x39 }

    var isASCIILetter: Bool { (0x61...0x7A).contains(value | 0x20) }

    /// Letters of any script; those of another width, and others that only stand for an ordinary one, are
    /// refused: they look like it.
    var beginsName: Bool {
        value < 0x80
            ? isASCIILetter || self == "_"
            : properties.isXIDStart && isOrdinary
    }

    var continuesName: Bool {
        value < 0x80 ? beginsName || isDigit : properties.isXIDContinue && isOrdinary
    }

    private var isOrdinary: Bool {
        guard narrowForm == nil, !isInvisible else { return false }
        // What changes under NFKC is another character in disguise: half-width, bold, circled. Not meant are
        // letters that change because they have a lower case, those that NFC changes already, and the
        // vowels of Thai and Lao that NFKC takes apart.
        return !properties.changesWhenNFKCCaseFolded || properties.changesWhenCaseFolded
            || UnicodeTables.decompositions[self] != nil || (0xE00...0xEFF).contains(value)
    }

    /// Itself, or the ASCII character it stands for.
    var plain: Unicode.Scalar { narrowForm ?? self }

    var isApostrophe: Bool {
        switch value {
        case 0x27, 0xFF07, 0x2018...0x201B, 0x300E, 0x300F: true
        default: false
        }
    }

    var utf8Length: Int { UTF8.width(self) }

    /// Characters that turn the direction of what follows, so that a reader sees another order than
    /// the compiler.
    var isBidirectionalControl: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Characters without a shape: control characters, joiners, fillers, selectors.
    var isInvisible: Bool {
        properties.generalCategory == .control || properties.isDefaultIgnorableCodePoint
    }

    /// Characters that end a line for some programs and not for others.
    ///
    /// What a reader takes for a line of its own may be the end of a comment. A carriage return is one
    /// where no line feed follows.
    var endsLineForSome: Bool {
        switch value {
        case 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    var isHalfWidthKana: Bool { (0xFF66...0xFF9F).contains(value) }

    /// What a name goes on with, in whatever width.
    var continuesWord: Bool { plain.continuesName || isHalfWidthKana }

    /// The ASCII character that one of another width or shape stands for.
    var narrowForm: Unicode.Scalar? {
        switch value {
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
        case 0x3001, 0xFF64: ","
        case 0x201C...0x201F, 0x300C, 0x300D, 0xFF62, 0xFF63: "\""
        case 0x2010...0x2013, 0x2212: "-"
        case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0)
        default: nil
        }
    }

    /// The full-width kana that a half-width one stands for; its marks are combining ones.
    var fullWidthKana: Unicode.Scalar? {
        guard isHalfWidthKana else { return nil }
        return Unicode.Scalar.fullWidthKana[Int(value - 0xFF66)]
    }

    private static let fullWidthKana = Array(
        "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309A}"
            .unicodeScalars)

    /// How to name it to a person: itself, or its number where it has no shape.
    var shown: String {
        switch properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator,
            .paragraphSeparator, .spaceSeparator:
            number
        default: String(self)
        }
    }

    /// Its number, as Unicode writes it.
    var number: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
