// People who come: graduates in spring, others through the year.
extension Year {
    mutating func joinStaff() {
        let units = Department.all.filter { $0.level > 1 }
        for _ in 0..<18 {
            hire(on: Self.spring, Staff.position(in: random.pick(units), &random))
        }
        let months: [Day] = ["2026-01-01", "2026-02-01", "2026-07-01", "2026-09-01", "2026-11-01"]
        for day in months {
            hire(on: day, Staff.position(in: random.pick(units), &random))
        }
        for (day, bench) in [("2026-04-01", "mixing"), ("2026-10-01", "evaluation")] {
            hire(
                on: Day(stringLiteral: day),
                Position(
                    kind: "dispatched", employer: "hiiragi-staffing", department: bench,
                    role: "assistant"))
        }
        hire(
            on: Self.spring,
            Position(
                kind: "secondee", employer: "shiomi-chemical", department: "electrolyte",
                role: "engineer"))
        hire(
            on: Self.autumn,
            Position(
                kind: "secondee", employer: "hokuho-machinery", department: "coating",
                role: "engineer"))
        for _ in 0..<2 {
            hire(
                on: Self.spring,
                Position(kind: "student", employer: "rakuto-university", host: "rakuto-university"))
        }
    }

    private mutating func hire(on day: Day, _ position: Position) {
        let person = register.person(position)
        begin(person, on: day)
        record(
            "joined", on: day,
            [
                "person": .text(person.uid), "kind": .text(person.kind),
                "name": .text(person.name), "kana": .text(person.kana),
                "host": .text(person.host), "employer": .text(person.employer),
                "department": .text(person.department), "role": .text(person.role),
            ])
    }
}
