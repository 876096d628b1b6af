import Facts

/// How directories write times.
enum DirectoryTime {
    /// Reads generalised time (RFC 4517, 3.3.13): `20261201132211Z`, `2026120122+0900`, with a fraction or without.
    ///
    /// The fraction of a second is dropped, since facts count in seconds; a leap second is the one after it.
    static func generalized(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        guard let year = number(4, from: &rest), let month = number(2, from: &rest),
            let day = number(2, from: &rest), let hour = number(2, from: &rest),
            let date = CivilDate(year: year, month: month, day: day), hour < 24
        else { return nil }
        // Minutes may be missing, and seconds; a fraction is one of what comes last.
        var unit = 3_600
        var seconds = hour * 3_600
        if let minute = number(2, from: &rest) {
            guard minute < 60 else { return nil }
            unit = 60
            seconds += minute * 60
            if let second = number(2, from: &rest) {
                guard second <= 60 else { return nil }
                unit = 1
                seconds += second
            }
        }
        if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
            let digits = rest.dropFirst().prefix { isDigit($0) }
            guard !digits.isEmpty, digits.count <= 12 else { return nil }
            var part = 0
            var scale = 1
            for digit in digits {
                part = part * 10 + Int(digit - UInt8(ascii: "0"))
                scale *= 10
            }
            seconds += part * unit / scale
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let offset = offset(rest) else { return nil }
        return Instant(
            secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + Int64(seconds - offset))
    }

    /// Reads tenths of a microsecond since 1601-01-01 in UTC.
    ///
    /// - Returns: The instant; `.some(nil)` for the two numbers that mean never, nil for what is no such number.
    static func fileTime(_ text: String) -> Instant?? {
        guard let number = Int64(text), number >= 0 else { return nil }
        guard number != 0, number != .max else { return .some(nil) }
        // From 1601-01-01 to 1970-01-01.
        let secondsBefore: Int64 = 11_644_473_600
        return Instant(secondsSinceEpoch: number / 10_000_000 - secondsBefore)
    }

    private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
        var rest = zone
        switch rest.popFirst() {
        case UInt8(ascii: "Z"): return rest.isEmpty ? 0 : nil
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard let hours = number(2, from: &rest), hours < 24 else { return nil }
            let minutes = rest.isEmpty ? 0 : number(2, from: &rest)
            guard let minutes, minutes < 60, rest.isEmpty else { return nil }
            let seconds = hours * 3_600 + minutes * 60
            return zone.first == UInt8(ascii: "-") ? -seconds : seconds
        // Without a zone it would be the server's own time, which nobody can tell.
        default: return nil
        }
    }

    private static func number(_ count: Int, from rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
