import Facts

/// The rule by which a zone goes on after its last recorded change: a POSIX `TZ` text such as
/// `EST5EDT,M3.2.0,M11.1.0`, with the extensions of RFC 8536.
struct ZoneRule {
    /// The day in each year on which summer time begins or ends, and the local time.
    struct Change: Equatable {
        enum Day: Equatable {
            /// The `week`-th `weekday` of `month`; week 5 is the last. Sunday is 0.
            case weekday(Int, week: Int, month: Int)
            /// A day of the year from 1, of which 29 February is none.
            case dayWithoutLeap(Int)
            /// A day of the year from 0.
            case dayOfYear(Int)
        }

        let day: Day
        /// Seconds after the day's midnight; negative, or more than a day, where the zone needs it.
        let localSeconds: Int64
    }

    /// Summer time, where the zone has it.
    struct Summer: Equatable {
        let offsetSeconds: Int64
        let begins: Change
        let ends: Change
    }

    let standardOffsetSeconds: Int64
    let summer: Summer?

    /// The years in which a rule without recorded changes before it is worked out, and the last of all.
    private static let firstYear = 1900
    private static let lastYear = 2100

    /// The changes of offset that follow `last`, until the end of the year 2100; none without summer time.
    func transitions(after last: Instant?) -> [ZoneTable.Transition] {
        allTransitions().filter { change in last.map { change.instant > $0 } ?? true }
    }

    /// Whether the rule agrees that this offset holds from `instant` on; nil for as long as rules go back.
    func holds(offsetSeconds: Int64, at instant: Instant?) -> Bool {
        guard let instant, summer != nil else { return offsetSeconds == standardOffsetSeconds }
        let last = allTransitions().last { $0.instant <= instant }
        return offsetSeconds == last?.offsetSeconds ?? standardOffsetSeconds
    }

    private func allTransitions() -> [ZoneTable.Transition] {
        guard let summer else { return [] }
        var found: [ZoneTable.Transition] = []
        for year in ZoneRule.firstYear...ZoneRule.lastYear {
            let begins = ZoneTable.Transition(
                instant: summer.begins.instant(in: year, before: standardOffsetSeconds),
                offsetSeconds: summer.offsetSeconds)
            let ends = ZoneTable.Transition(
                instant: summer.ends.instant(in: year, before: summer.offsetSeconds),
                offsetSeconds: standardOffsetSeconds)
            found += begins.instant < ends.instant ? [begins, ends] : [ends, begins]
        }
        var ordered: [ZoneTable.Transition] = []
        for change in found {
            // Where one year's summer ends as the next begins, it goes on: the two cancel out.
            if let before = ordered.last, before.instant >= change.instant {
                ordered.removeLast()
            } else {
                ordered.append(change)
            }
        }
        return ordered
    }
}

extension ZoneRule.Change {
    /// The instant of the change in `year`, while the local clock is still `offset` ahead of UTC.
    fileprivate func instant(in year: Int, before offset: Int64) -> Instant {
        Instant(secondsSinceEpoch: Int64(daysSinceEpoch(in: year)) * 86_400 + localSeconds - offset)
    }

    private func daysSinceEpoch(in year: Int) -> Int {
        switch day {
        case .weekday(let weekday, let week, let month):
            let first = ZoneRule.Change.days(year, month)
            // 1970-01-01 was a Thursday.
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            if day >= CivilDate.days(inMonth: month, of: year) { day -= 7 }
            return first + day
        case .dayWithoutLeap(let number):
            let isAfterLeapDay = CivilDate.days(inMonth: 2, of: year) == 29 && number >= 60
            return ZoneRule.Change.days(year, 1) + number - 1 + (isAfterLeapDay ? 1 : 0)
        case .dayOfYear(let number):
            return ZoneRule.Change.days(year, 1) + number
        }
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0
    }
}
