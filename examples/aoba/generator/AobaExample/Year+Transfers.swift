// Transfers, most of them with the new financial year and its second half; and second posts.
extension Year {
    mutating func transferStaff() {
        rotate("general-manager", 3, on: Self.spring)
        rotate("manager", 6, on: Self.spring)
        moveStaff(36, on: Self.spring)
        rotate("manager", 3, on: Self.autumn)
        moveStaff(22, on: Self.autumn)
        let months: [Day] = ["2026-01-01", "2026-06-01", "2026-07-01", "2026-08-01", "2026-11-01"]
        for day in months {
            moveStaff(2, on: day)
        }
    }

    /// Heads take over from one another, so that no department is left without.
    private mutating func rotate(_ role: String, _ count: Int, on day: Day) {
        let heads = draw(count) { life in
            life.isRegular && life.person.role == role && life.posts.count == 1 && life.isFree(day)
        }
        let departments = heads.compactMap { $0.department(on: day) }
        for (index, life) in heads.enumerated() {
            move(life, to: departments[(index + 1) % departments.count], role, on: day)
        }
    }

    private mutating func moveStaff(_ count: Int, on day: Day) {
        let plain = ["member", "engineer", "researcher"]
        let movers = draw(count) { life in
            life.isRegular && plain.contains(life.person.role ?? "") && life.posts.count == 1
                && life.from == Self.first && life.isFree(day)
        }
        for life in movers {
            guard let current = life.department(on: day) else { continue }
            let top = Department.named(current).path[0]
            let stays = random.chance(60)
            let open = Department.all.filter { department in
                department.level > 0 && department.id != current
                    && (!stays || department.path[0] == top)
            }
            guard !open.isEmpty else { continue }
            let department = random.pick(open)
            move(life, to: department.id, Staff.role(in: department, &random), on: day)
        }
    }

    private mutating func move(_ life: Life, to department: String, _ role: String, on day: Day) {
        guard life.department(on: day) != department else { return }
        record(
            "transferred", on: day,
            ["person": .text(life.person.uid), "to": .text(department), "role": .text(role)])
        change(life.person.uid) { $0.posts.append((from: day, department: department)) }
    }

    /// Second posts go to people who stay where they are, in a department other than their own.
    mutating func takeSecondPosts() {
        let days: [Day] = [Self.first, "2026-01-05", Self.spring, "2026-06-01", Self.autumn]
        for index in 0..<14 {
            let day = days[index % days.count]
            let department = random.pick(Department.all.filter { $0.level == 1 })
            let found = draw(1) { life in
                life.isRegular && life.posts.count == 1 && life.secondPosts.isEmpty
                    && life.isFree(day) && life.department(on: day) != department.id
            }
            guard let life = found.first else { continue }
            let uid = life.person.uid
            let ends: [Day] = ["2026-03-31", "2026-06-30", "2026-09-30", "2027-03-31"]
            let last = index % 4 == 1 ? ends.first { $0 > day + 80 } : nil
            record(
                "second-post-taken", on: day,
                [
                    "person": .text(uid), "department": .text(department.id),
                    "role": .text(life.person.role == "manager" ? "manager" : "member"),
                    "until": .day(last),
                ])
            change(uid) { $0.secondPosts.insert(department.id) }
            let quarters: [Day] = [Self.spring, "2026-07-01", Self.autumn]
            let left = quarters.first { $0 > day + 60 } ?? Self.last
            if last == nil, index % 2 == 0, life.isFree(left) {
                record(
                    "second-post-left", on: left,
                    ["person": .text(uid), "department": .text(department.id)])
            }
        }
    }
}
