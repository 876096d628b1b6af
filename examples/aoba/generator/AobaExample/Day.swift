/// A day of the Gregorian calendar, counted from 1970-01-01.
struct Day: Comparable, Sendable {
    var number: Int

    static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }

    static func + (day: Day, days: Int) -> Day {
        Day(number: day.number + days)
    }

    /// Neither a weekend nor one of the weeks in which the company is closed.
    var isWorkday: Bool {
        let weekday = (number + 4) % 7
        let (_, month, day) = civil
        let yearEnd = (month == 12 && day >= 27) || (month == 1 && day <= 4)
        let spring = month == 5 && (3...6).contains(day)
        let summer = month == 8 && (11...15).contains(day)
        return weekday != 0 && weekday != 6 && !yearEnd && !spring && !summer
    }

    /// This day or the first workday after it.
    var workday: Day {
        var day = self
        while !day.isWorkday {
            day = day + 1
        }
        return day
    }

    var text: String {
        let (year, month, day) = civil
        return "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
    }

    static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Day: ExpressibleByStringLiteral {
    /// The day written like `2026-04-01`.
    init(stringLiteral text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        precondition(parts.count == 3, "a day is written 2026-04-01")
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }
}

// Days and dates of years after 0; years begin in March so that the leap day comes last.
extension Day {
    init(year: Int, month: Int, day: Int) {
        let shifted = month > 2 ? year : year - 1
        let fromMarch = (month + 9) % 12
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        number = shifted * 365 + leapDays + (fromMarch * 153 + 2) / 5 + day - 1 - 719_468
    }

    var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let ofEra = shifted % 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (ofYear * 5 + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, ofYear - (fromMarch * 153 + 2) / 5 + 1)
    }
}

/// A day from its first instant, or one minute of it.
struct Moment: Comparable, Sendable {
    var day: Day
    var minute: Int?

    static func < (left: Moment, right: Moment) -> Bool {
        (left.day.number, left.minute ?? 0) < (right.day.number, right.minute ?? 0)
    }

    /// A date, or an instant of RFC 3339 in Japan's time.
    var text: String {
        guard let minute else { return day.text }
        let hours = Day.twoDigits(minute / 60)
        return "\(day.text)T\(hours):\(Day.twoDigits(minute % 60)):00+09:00"
    }
}
