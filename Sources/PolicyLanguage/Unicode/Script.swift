/// A script of Unicode.
enum Script: Hashable, Sendable {
    case latin, greek, han, hiragana, katakana, hangul, bopomofo
    /// Another, by its number in the table.
    case other(Int)

    init(name: String, number: Int) {
        switch name {
        case "LATIN": self = .latin
        case "GREEK": self = .greek
        case "HAN": self = .han
        case "HIRAGANA": self = .hiragana
        case "KATAKANA": self = .katakana
        case "HANGUL": self = .hangul
        case "BOPOMOFO": self = .bopomofo
        default: self = .other(number)
        }
    }

    /// The scripts that may stand in one name: those of Japanese, Chinese and Korean writing, each with
    /// Latin letters (the "highly restrictive" level of UTS #39), and the Greek letters that Japanese
    /// writing uses beside kanji and kana, as in `α-アルミナ`, where no Latin one could be mistaken for them.
    private static let companies: [Set<Script>] = [
        [.latin, .han, .hiragana, .katakana],
        [.latin, .han, .bopomofo],
        [.latin, .han, .hangul],
        [.greek, .han, .hiragana, .katakana],
    ]

    /// Whether letters of these scripts may stand in one name.
    static func mayMix(_ scripts: Set<Script>) -> Bool {
        scripts.count <= 1 || companies.contains { scripts.isSubset(of: $0) }
    }
}

extension Unicode.Scalar {
    /// Its script; nil for what all scripts share, such as digits and marks.
    ///
    /// - Complexity: logarithmic in the number of ranges of scripts.
    var script: Script? {
        if value < 0x80 { return isASCIILetter ? .latin : nil }
        let ranges = UnicodeTables.scripts
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].range.upperBound < value {
                low = middle + 1
            } else if ranges[middle].range.lowerBound > value {
                high = middle
            } else {
                return ranges[middle].script
            }
        }
        return nil
    }
}
