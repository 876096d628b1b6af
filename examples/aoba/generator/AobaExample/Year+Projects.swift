// Projects begin and end, and who takes part in them.
extension Year {
    mutating func startProjects() {
        for project in Project.all {
            record(
                "project-started", on: Project.start,
                ["project": .text(project.id), "name": .text(project.name)])
        }
    }

    mutating func endProjects() {
        for project in Project.all {
            if let end = project.end {
                record("project-ended", on: end, ["project": .text(project.id)])
            }
        }
    }

    /// Records that a person takes part; without `until`, for as long as the project lasts.
    mutating func join(
        _ uid: String, _ project: String, _ at: Moment, approved: Bool = true,
        consented: Bool = true, until last: Day? = nil
    ) {
        record(
            "member-added", at,
            [
                "person": .text(uid), "project": .text(project), "approved": .flag(approved),
                "consented": .flag(consented), "until": .day(last),
            ])
        let place = Place(uid: uid, project: project, from: at.day, until: last.map { $0 + 1 })
        places.append(place)
    }

    mutating func fillProjects() {
        for project in Project.all {
            let late = project.end ?? "2026-09-01"
            for _ in 0..<random.number(in: 11...14) {
                let day = workday(Self.first, "2025-12-12")
                addMember(project, on: day) { life in
                    guard let department = life.department(on: day) else { return false }
                    let isWanted = !["director", "assistant"].contains(life.person.role)
                    return isWanted && project.departments.contains(department)
                }
            }
            for _ in 0..<random.number(in: 4...7) {
                let day = workday("2026-01-05", late + -20)
                addMember(project, on: day) { life in
                    life.department(on: day).map(Self.isTechnical) ?? false
                }
            }
        }
        addOutsiders("kyoto", 5, from: "2025-12-03") { $0.person.employer == "rakuto-university" }
        addOutsiders("kyoto", 2, from: "2026-04-06") { $0.from == Self.spring }
        addOutsiders("recycle", 4, from: "2025-12-03") { $0.person.employer == "shiomi-chemical" }
        addOutsiders("lithium", 2, from: "2026-02-02") { $0.person.employer == "shiomi-chemical" }
        addOutsiders("dry-coat", 6, from: "2025-12-03") { $0.person.employer == "hokuho-machinery" }
        removeMembers()
    }

    private static func isTechnical(_ department: String) -> Bool {
        let department = Department.named(department)
        return department.isBelow("research") || department.isBelow("manufacturing")
            || department.isBelow("intellectual-property")
    }

    private mutating func addOutsiders(
        _ project: String, _ count: Int, from first: Day, where condition: (Life) -> Bool
    ) {
        guard let project = Project.all.first(where: { $0.id == project }) else { return }
        for _ in 0..<count {
            addMember(project, on: workday(first, first + 16)) { life in
                life.isOutside && condition(life)
            }
        }
    }

    /// Adds one of those who are free and not in the project yet; few lack approval or consent.
    private mutating func addMember(
        _ project: Project, on day: Day, where condition: (Life) -> Bool
    ) {
        let present = Set(places.lazy.filter { $0.project == project.id }.map(\.uid))
        let found = draw(1) { life in
            !present.contains(life.person.uid) && life.isFree(day) && condition(life)
        }
        guard let life = found.first else { return }
        let lacking = random.below(100)
        let ends: [Day] = ["2026-03-31", "2026-06-30", "2026-09-30", "2027-03-31"]
        let last = random.chance(25) ? ends.first { $0.number > day.number + 60 } : nil
        join(
            life.person.uid, project.id, officeHour(day), approved: lacking >= 5,
            consented: !(5..<10).contains(lacking), until: last)
    }

    /// Most who are transferred leave their projects then; a few others leave before the end.
    private mutating func removeMembers() {
        for place in places {
            let life = life(place.uid)
            let move = life.posts.dropFirst().first { $0.from > place.from }
            let day: Day
            if let move, random.chance(60) {
                day = move.from
            } else if random.chance(5) {
                day = workday(place.from + 45, place.from + 150)
            } else {
                continue
            }
            let end = Project.all.first { $0.id == place.project }?.end
            let isOver = [place.until, end].contains { $0.map { $0 <= day } ?? false }
            guard day <= Self.last, life.isFree(day), !isOver, !Cast.uids.contains(place.uid)
            else { continue }
            record(
                "member-removed", on: day,
                ["person": .text(place.uid), "project": .text(place.project)])
        }
    }
}
