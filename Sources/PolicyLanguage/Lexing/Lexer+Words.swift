import Diagnostics
import Facts

/// Names and numbers, and those written with full-width letters and digits.
///
/// The latter are errors, and are then read as what they look like, so that one of them does not bring others.
extension Lexer {
    mutating func name() -> String {
        let start = offset
        let (word, isPlain) = word()
        let text = cut(word, to: Lexer.longestName, from: start)
        reportForeign(text, from: start, unless: isPlain)
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { checkScripts(of: text, from: start) }
        return text
    }

    /// Reports what is longer than it may be, and cuts it: whoever goes on should not have to carry it.
    mutating func cut(_ text: String, to longest: Int, from start: Int) -> String {
        guard text.utf8.count > longest else { return text }
        report(.tooLong, [String(longest)], from: start, to: offset)
        return String(decoding: text.utf8.prefix(longest), as: UTF8.self)
    }

    /// Reports a name whose letters come from scripts that nobody writes in one word.
    private mutating func checkScripts(of name: String, from start: Int) {
        var scripts: Set<Script> = []
        for scalar in name.unicodeScalars {
            guard let script = scalar.script, scripts.insert(script).inserted,
                !Script.mayMix(scripts)
            else { continue }
            report(.mixedScripts, [name, scalar.number], from: start, to: offset)
            return
        }
    }

    /// Letters, digits and hyphens between them, in the width that names have and in normal form.
    private mutating func word() -> (text: String, isPlain: Bool) {
        var text = String.UnicodeScalarView()
        var isPlain = true
        while let scalar = scalar(at: offset) {
            let plain = scalar.plain
            let here = offset
            if isHiddenInWord(scalar) {
                offset += scalar.utf8Length
                let isTurning = scalar.isBidirectionalControl
                reportHidden(
                    isTurning ? .bidirectionalControl : .invisibleCharacter,
                    isTurning ? [] : [scalar.number], from: here, to: offset, .maybe)
                continue
            }
            guard scalar.continuesWord || (plain == "-" && continuesWord(after: scalar)) else {
                break
            }
            offset += scalar.utf8Length
            isPlain = isPlain && plain == scalar && !scalar.isHalfWidthKana
            text.append(scalar.fullWidthKana ?? plain)
        }
        let word = String(text)
        return (word.utf8.allSatisfy { $0 < 0x80 } ? word : NormalForm.composed(word), isPlain)
    }

    /// Whether a character can't be seen, so that the word seems to go on.
    private func isHiddenInWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return false }
        if scalar.isBidirectionalControl { return continuesWord(after: scalar) }
        return scalar.isInvisible && !scalar.endsLineForSome
    }

    private func continuesWord(after scalar: Unicode.Scalar) -> Bool {
        self.scalar(at: offset + scalar.utf8Length)?.continuesWord == true
    }

    private mutating func reportForeign(_ text: String, from start: Int, unless isPlain: Bool) {
        guard !isPlain else { return }
        let place = place(from: start, to: offset)
        report(
            .foreignSpelling, [source.text(in: place.span), text], from: start, to: offset,
            fix: .replacing(place, with: text, .sure))
    }

    // MARK: Numbers and dates

    mutating func number() -> (Token.Kind, String) {
        let start = offset
        if let clock = clock() {
            reportForeign(
                clock, from: start, unless: plainText(from: start) == written(from: start))
            return (.clock, clock)
        }
        if let date = foreignDate() {
            let place = place(from: start, to: offset)
            report(
                .malformedNumber, [source.text(in: place.span)], from: start, to: offset,
                fix: .replacing(place, with: date, .sure))
            return (.time, date)
        }
        let (text, isTime, isPlain) = digits()
        let end = offset
        if let scalar = scalar(at: offset), scalar.plain.continuesName {
            let (letters, _) = word()
            let written = source.text(in: SourceText.Span(start, offset))
            guard isPlain, !isTime, isUnit(letters),
                source.text(in: SourceText.Span(end, offset)) == letters
            else {
                report(.malformedNumber, [written], from: start, to: offset)
                return (isTime ? .time : .integer, text)
            }
            // `14days`: a number before a unit of time has one meaning, and is read so.
            let place = place(from: start, to: offset)
            report(
                .malformedNumber, [written], from: start, to: offset,
                fix: .replacing(place, with: "\(text) \(letters)", .sure))
            offset = end
        } else if !isTime, Int64(text) == nil {
            report(.malformedNumber, [text], from: start, to: offset)
        } else {
            reportForeign(text, from: start, unless: isPlain)
        }
        return (isTime ? .time : .integer, text)
    }

    /// A time of day: two digits, a colon, two digits.
    private mutating func clock() -> String? {
        let start = offset
        guard let hour = digits(atMost: 2), hour.count == 2, take(":"),
            let minute = digits(atMost: 2), minute.count == 2,
            scalar(at: offset)?.plain.isDigit != true
        else {
            offset = start
            return nil
        }
        return "\(hour):\(minute)"
    }

    private func isUnit(_ word: String) -> Bool {
        Period.Unit(rawValue: word.hasSuffix("s") ? word : word + "s") != nil
    }

    private mutating func digits() -> (text: String, isTime: Bool, isPlain: Bool) {
        var text = String.UnicodeScalarView()
        var isTime = false
        var isPlain = true
        while let scalar = scalar(at: offset) {
            let plain = scalar.plain
            // A date has hyphens, and an instant a T, colons and a sign before its offset.
            let belongsToTime = "-:TZ+".unicodeScalars.contains(plain) && text.count >= 4
            guard plain.isDigit || belongsToTime else { break }
            if belongsToTime, plain == ":", !isTime { break }
            isTime = isTime || belongsToTime
            isPlain = isPlain && plain == scalar
            text.append(plain)
            offset += scalar.utf8Length
        }
        return (String(text), isTime, isPlain)
    }

    /// A date as people write it, such as 2026/4/1 or 2026年4月1日, in the form it has here; nil, with nothing read,
    /// where none stands here.
    ///
    /// The year comes first in all of them, so that none can be read in two ways.
    private mutating func foreignDate() -> String? {
        let start = offset
        for separators in ["//", "..", "--", "年月日"] {
            let marks = Array(separators.unicodeScalars)
            if let date = date(with: marks), TimeText.date(date) != nil,
                plainText(from: start) != date, !goesOnAsDate
            {
                return date
            }
            offset = start
        }
        return nil
    }

    private mutating func date(with marks: [Unicode.Scalar]) -> String? {
        guard let year = digits(atMost: 4), year.count == 4, take(marks[0]),
            let month = digits(atMost: 2), take(marks[1]), let day = digits(atMost: 2),
            marks.count == 2 || take(marks[2])
        else { return nil }
        let parts = [year] + [month, day].map { $0.count < 2 ? "0\($0)" : $0 }
        return parts.joined(separator: "-")
    }

    private var goesOnAsDate: Bool {
        guard let following = scalar(at: offset)?.plain else { return false }
        return following.continuesName || "/.-:+".unicodeScalars.contains(following)
    }

    private mutating func digits(atMost count: Int) -> String? {
        var text = ""
        while text.count < count, let scalar = scalar(at: offset), scalar.plain.isDigit {
            text.unicodeScalars.append(scalar.plain)
            offset += scalar.utf8Length
        }
        return text.isEmpty ? nil : text
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard let scalar = scalar(at: offset), scalar.plain == mark else { return false }
        offset += scalar.utf8Length
        return true
    }

    private func plainText(from start: Int) -> String {
        String(String.UnicodeScalarView(written(from: start).unicodeScalars.map(\.plain)))
    }

    private func written(from start: Int) -> String {
        source.text(in: SourceText.Span(start, offset))
    }
}
