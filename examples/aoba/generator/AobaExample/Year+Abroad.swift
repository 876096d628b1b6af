// Assignments to the subsidiary abroad, and secondments to other organisations.
extension Year {
    mutating func sendAbroad() {
        let assignments: [(day: Day, department: String?, last: Day?)] = [
            ("2026-01-13", nil, "2028-01-12"), ("2026-04-01", "overseas-sales", nil),
            ("2026-07-01", nil, "2026-09-30"), ("2026-10-01", "production", "2028-09-30"),
        ]
        for (day, department, last) in assignments {
            let until = last.map { $0 + 1 } ?? Self.last + 400
            let found = draw(1) { life in
                life.isRegular && !life.isHead && life.isFree(day..<until)
                    && life.department(on: day) != department
            }
            guard let uid = found.first?.person.uid else { continue }
            record(
                "assigned-abroad", on: day,
                [
                    "person": .text(uid), "to": .text("aoba-us"), "country": .text("US"),
                    "department": .text(department),
                    "role": department == nil ? .absent : .text("member"), "until": .day(last),
                ])
            change(uid) { life in
                life.away.append(day..<until)
                if let department {
                    life.posts.append((from: day, department: department))
                }
            }
        }
    }

    /// A secondment begins a second engagement; nothing else is asked of the person for the year.
    mutating func secondStaff() {
        let secondments: [(day: Day, to: String, last: Day?)] = [
            ("2026-01-01", "shiomi-chemical", "2026-12-31"),
            ("2026-04-01", "hokuho-machinery", "2027-03-31"), ("2026-04-01", "aoba-us", nil),
            ("2026-07-01", "rakuto-university", "2026-09-30"), ("2026-10-01", "aoba-us", nil),
        ]
        for (day, organisation, last) in secondments {
            let rest = day..<(Self.last + 400)
            let found = draw(1) { $0.isRegular && !$0.isHead && $0.isFree(rest) }
            guard let uid = found.first?.person.uid else { continue }
            record(
                "seconded", on: day,
                ["person": .text(uid), "to": .text(organisation), "until": .day(last)])
            change(uid) { $0.away.append(rest) }
        }
    }
}
