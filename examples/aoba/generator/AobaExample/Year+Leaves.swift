// Leaves of absence: for a child, for illness, for care. Some end on a day known before, some do not.
extension Year {
    mutating func startLeaves() {
        for index in 0..<17 {
            let start = workday("2025-12-08", "2026-09-30")
            // The leave is taken out of the whole rest of the year when nobody knows its end.
            let isOpen = index % 3 == 2
            let isEndless = isOpen && index % 2 == 0
            let length = random.number(in: isOpen ? 20...120 : 30...210)
            let end = start + length
            let until = isEndless ? Self.last + 400 : end + (isOpen ? 14 : 0)
            let found = draw(1) { $0.isRegular && !$0.isHead && $0.isFree(start..<until) }
            guard let uid = found.first?.person.uid else { continue }
            record(
                "leave-started", on: start,
                ["person": .text(uid), "until": isOpen ? .absent : .day(end + -1)])
            var back = end
            if isOpen && !isEndless {
                back = min(end.workday, "2026-11-02")
                record("leave-ended", on: back, ["person": .text(uid)])
            } else if !isOpen && length > 60 && random.chance(50) {
                // Back before the day that was given.
                back = (start + (length - 14)).workday
                if back <= Self.last {
                    record("leave-ended", on: back, ["person": .text(uid)])
                } else {
                    back = end
                }
            }
            let away = start..<(isEndless ? until : back)
            change(uid) { $0.away.append(away) }
        }
    }
}
