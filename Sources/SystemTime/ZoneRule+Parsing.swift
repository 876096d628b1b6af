extension ZoneRule {
    /// Reads a POSIX `TZ` text, or nil where it is none.
    init?(_ text: some Sequence<UInt8>) {
        var scanner = RuleScanner(text)
        guard scanner.name(), let standard = scanner.offset() else { return nil }
        standardOffsetSeconds = -standard
        if scanner.isAtEnd {
            summer = nil
            return
        }
        guard scanner.name() else { return nil }
        var offset = standardOffsetSeconds + 3_600
        if !scanner.isNext(",") {
            guard let written = scanner.offset() else { return nil }
            offset = -written
        }
        guard scanner.take(","), let begins = scanner.change(), scanner.take(","),
            let ends = scanner.change(), scanner.isAtEnd, abs(offset) < 86_400
        else { return nil }
        summer = Summer(offsetSeconds: offset, begins: begins, ends: ends)
    }
}

/// Takes the parts of a `TZ` text from its front.
private struct RuleScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { position == bytes.count }

    func isNext(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && UInt32(bytes[position]) == character.value
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        position += 1
        return true
    }

    /// A zone's abbreviation: letters, or anything between `<` and `>`.
    mutating func name() -> Bool {
        let start = position
        if take("<") {
            while position < bytes.count, !isNext(">") { position += 1 }
            return take(">") && position - start > 2
        }
        while position < bytes.count, RuleScanner.isLetter(bytes[position]) { position += 1 }
        return position - start >= 3
    }

    /// Hours, minutes and seconds by which UTC is ahead of local time.
    mutating func offset() -> Int64? {
        guard let seconds = time(mostHours: 24), abs(seconds) < 86_400 else { return nil }
        return seconds
    }

    mutating func change() -> ZoneRule.Change? {
        guard let day = day() else { return nil }
        guard take("/") else { return ZoneRule.Change(day: day, localSeconds: 7_200) }
        return time(mostHours: 167).map { ZoneRule.Change(day: day, localSeconds: $0) }
    }

    private mutating func day() -> ZoneRule.Change.Day? {
        if take("M") {
            guard let month = number(in: 1...12), take("."), let week = number(in: 1...5),
                take("."),
                let weekday = number(in: 0...6)
            else { return nil }
            return .weekday(weekday, week: week, month: month)
        }
        if take("J") { return number(in: 1...365).map { .dayWithoutLeap($0) } }
        return number(in: 0...365).map { .dayOfYear($0) }
    }

    private mutating func time(mostHours: Int) -> Int64? {
        let sign: Int64 = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard let hours = number(in: 0...mostHours) else { return nil }
        var seconds = Int64(hours) * 3_600
        for unit in [Int64(60), 1] {
            guard take(":") else { break }
            guard let number = number(in: 0...59) else { return nil }
            seconds += Int64(number) * unit
        }
        return sign * seconds
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int? {
        let start = position
        var number = 0
        while position < bytes.count, position - start < 3, bytes[position] >= UInt8(ascii: "0"),
            bytes[position] <= UInt8(ascii: "9")
        {
            number = number * 10 + Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        return position > start && range.contains(number) ? number : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
