/// How many columns of a terminal text takes: none for combining characters, two for wide ones.
package enum DisplayWidth {
    /// A tab reaches to the next multiple of this.
    package static let tabStop = 4

    /// The columns of `text`, which begins at the line's start.
    package static func columns(of text: String) -> Int {
        var columns = 0
        for scalar in text.unicodeScalars {
            columns =
                scalar == "\t" ? (columns / tabStop + 1) * tabStop : columns + width(of: scalar)
        }
        return columns
    }

    /// The text with its tabs made spaces.
    package static func expandingTabs(in text: String) -> String {
        var expanded = ""
        var columns = 0
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                let next = (columns / tabStop + 1) * tabStop
                expanded += String(repeating: " ", count: next - columns)
                columns = next
            } else {
                expanded.unicodeScalars.append(scalar)
                columns += width(of: scalar)
            }
        }
        return expanded
    }

    /// Whether a character takes no room of its own but sits on the letter before it.
    package static func joinsLetterBefore(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// East Asian wide and full-width characters, and emoji, are two columns wide (Unicode Annex 11).
    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
