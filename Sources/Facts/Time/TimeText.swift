/// Dates and instants as text: `2026-04-01`, `2026-04-01T09:00`, `2026-04-01T09:00:00+09:00`.
///
/// The forms of RFC 3339, and the two of ISO 8601 that leave out the seconds or the offset.
public enum TimeText {
    /// Reads a date, or nil where the text is not one.
    public static func date(_ text: some StringProtocol) -> CivilDate? {
        var scanner = DigitScanner(text)
        guard let date = scanner.date(), scanner.isAtEnd else { return nil }
        return date
    }

    /// Reads an instant; a date is its first instant, and a time without an offset is local to `zone`.
    public static func instant(_ text: some StringProtocol, in zone: ZoneTable) -> Instant? {
        var scanner = DigitScanner(text)
        guard let date = scanner.date() else { return nil }
        if scanner.isAtEnd { return zone.start(of: date) }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"),
            let minute = scanner.number(digits: 2), minute < 60
        else { return nil }
        var second = 0
        if scanner.take(":") {
            guard let read = scanner.number(digits: 2), read < 60 else { return nil }
            second = read
        }
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        if scanner.isAtEnd { return zone.instant(localSeconds: local) }
        guard let offset = scanner.offsetSeconds(), scanner.isAtEnd else { return nil }
        return Instant(secondsSinceEpoch: local - offset)
    }

    /// Writes a date.
    public static func text(_ date: CivilDate) -> String {
        "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
    }

    /// Writes an instant in `zone`: a date alone where it is the day's first instant, else with the time
    /// and the offset.
    public static func text(_ instant: Instant, in zone: ZoneTable) -> String {
        guard instant > .distantPast, instant < .distantFuture else { return "" }
        let date = zone.date(at: instant)
        if zone.start(of: date) == instant { return text(date) }
        return rfc3339(instant, in: zone)
    }

    /// Writes an instant as RFC 3339 has it, with the zone's offset.
    public static func rfc3339(_ instant: Instant, in zone: ZoneTable) -> String {
        guard instant > .distantPast, instant < .distantFuture else { return "" }
        let offset = zone.offsetSeconds(at: instant)
        let local = instant.secondsSinceEpoch + offset
        let days = local.quotient(flooredBy: 86_400)
        let seconds = Int(local - days * 86_400)
        let date = text(CivilDate(daysSinceEpoch: Int(days)))
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
            .map { padded($0, to: 2) }.joined(separator: ":")
        guard offset != 0 else { return "\(date)T\(clock)Z" }
        let minutes = Int(abs(offset) / 60)
        let sign = offset < 0 ? "-" : "+"
        return
            "\(date)T\(clock)\(sign)\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
    }

    private static func padded(_ number: Int, to digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// Reads fixed-width numbers and single characters from the front of a text.
private struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else {
            return false
        }
        position += 1
        return true
    }

    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[position..<position + digits] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        position += digits
        return number
    }

    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4), year >= 1, take("-"),
            let month = number(digits: 2), take("-"),
            let day = number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    mutating func offsetSeconds() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hour = number(digits: 2), hour < 24, take(":"),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        return sign * Int64(hour * 3_600 + minute * 60)
    }
}
