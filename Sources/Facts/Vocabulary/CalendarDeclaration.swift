/// Days that count, such as working days: days of the week, less the days of some lists.
public struct CalendarDeclaration: Hashable, Sendable, Named {
    /// A day of the week, the first being Monday, as ISO 8601 numbers them.
    public enum Weekday: String, Hashable, Sendable, CaseIterable {
        /// The days.
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
    }

    /// The calendar's name.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The days of the week that count, in order.
    public let weekdays: [Weekday]
    /// The lists of dates that don't.
    public let except: [String]

    /// Creates a calendar.
    public init(name: String, label: String, weekdays: [Weekday], except: [String]) {
        self.name = name
        self.label = label
        self.weekdays = weekdays
        self.except = except
    }
}

extension CivilDate {
    /// The day of the week.
    public var weekday: CalendarDeclaration.Weekday {
        // 1970-01-01 was a Thursday.
        let all = CalendarDeclaration.Weekday.allCases
        let place = (daysSinceEpoch + 3) % 7
        return all[place < 0 ? place + 7 : place]
    }
}

extension Vocabulary {
    /// Whether the local day of `instant` is one of a calendar's; nil where there is no such calendar.
    ///
    /// - Complexity: linear in the lists that the calendar excepts.
    public func isDay(of calendar: String, at instant: Instant, in zone: ZoneTable) -> Bool? {
        guard let calendar = calendars[calendar] else { return nil }
        let day = zone.date(at: instant)
        guard calendar.weekdays.contains(day.weekday) else { return false }
        let midnight = Value.instant(zone.start(of: day))
        return !calendar.except.contains { name in
            lists[name]?.members.contains {
                $0.value == midnight && $0.interval.contains(instant)
            } ?? false
        }
    }
}
