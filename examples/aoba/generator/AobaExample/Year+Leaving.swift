// People who go. The departure is recorded for the day after the last one.
extension Year {
    mutating func loseStaff() {
        let ends: [Day] = [
            "2026-01-31", "2026-02-28", "2026-03-31", "2026-03-31", "2026-03-31", "2026-03-31",
            "2026-04-30", "2026-05-31", "2026-06-30", "2026-06-30", "2026-07-31", "2026-08-31",
            "2026-09-30", "2026-09-30", "2026-09-30", "2026-10-31", "2026-11-13", "2026-11-30",
        ]
        let leavers = draw(ends.count) { $0.isRegular && $0.from == Self.first && !$0.isHead }
        for (life, last) in zip(leavers, ends) {
            resign(life, last: last)
        }
        // Retirement at the age limit, and terms that run out, need no notice.
        release(4, on: Self.spring) { $0.isRegular && $0.person.role == "member" }
        release(3, on: Self.spring) { $0.person.kind == "dispatched" }
        release(3, on: Self.autumn) { $0.person.kind == "dispatched" }
        release(1, on: Self.autumn) { $0.person.kind == "secondee" }
        release(2, on: Self.spring) { $0.person.kind == "student" }
        release(2, on: "2026-07-01") { $0.person.kind == "contractor" }
        release(1, on: "2026-06-26") { $0.person.kind == "officer" }
    }

    private mutating func resign(_ life: Life, last: Day) {
        let uid = life.person.uid
        var notice = (last + -random.number(in: 32...62)).workday
        notice = max(notice, Day("2025-12-15"))
        let items = handoverItems(life)
        let handed = random.chance(85) ? Array(items.prefix(random.number(in: 1...4))) : []
        record(
            "gave-notice", officeHour(notice),
            [
                "person": .text(uid), "last-day": .day(last),
                "handover": handed.isEmpty ? .absent : .list(handed),
            ])
        let more = items.dropFirst(4).prefix(random.number(in: 1...2))
        if random.chance(50), !more.isEmpty {
            record(
                "handover-assigned", officeHour((notice + random.number(in: 4...12)).workday),
                ["person": .text(uid), "items": .list(Array(more)), "until": .day(last)])
        }
        change(uid) { life in
            life.notice = notice
            life.until = last + 1
        }
        if last < Self.last {
            record("departed", on: last + 1, ["person": .text(uid)])
        }
    }

    private mutating func release(_ count: Int, on day: Day, where condition: (Life) -> Bool) {
        let leavers = draw(count) { life in
            life.until == nil && life.from == Self.first && condition(life)
        }
        for life in leavers {
            change(life.person.uid) { $0.until = day }
            record("departed", on: day, ["person": .text(life.person.uid)])
        }
    }

    /// Documents of the person's own departments that somebody else must carry on with.
    private mutating func handoverItems(_ life: Life) -> [String] {
        guard let id = life.person.department else { return [] }
        let department = Department.named(id)
        let own = resources.dropFirst(Resource.cast.count).filter { one in
            one.entity == "document" && one.tier == "departmental" && department.isBelow(one.owner)
        }
        return random.shuffled(own.map(\.id)).prefix(6).map { $0 }
    }
}

extension Life {
    /// The head of a 部 or a 本部.
    var isHead: Bool {
        ["director", "general-manager"].contains(person.role)
    }
}
