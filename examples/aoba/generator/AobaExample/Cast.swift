/// The people whom the demonstration and the documentation call by name.
///
/// Chance decides nothing about them: each is the first of the surname, so the surname is the user id,
/// and what happens to them during the year is written in `Year+Cast.swift`.
enum Cast {
    static let size = members.count
    static let uids = Set(members.map(\.uid))

    static func people(_ register: inout Register) -> [Person] {
        members.map { member in
            guard let surname = Name.surnames.first(where: { $0.romaji == member.uid }),
                let given = Name.givenNames.first(where: { $0.kanji == member.given })
            else { preconditionFailure("no such name: \(member.uid) \(member.given)") }
            return register.person(surname, given, member.position)
        }
    }

    private static let members: [(uid: String, given: String, position: Position)] = [
        ("tanaka", "健一", Position(department: "cells", role: "engineer")),
        ("sato", "美咲", Position(department: "cells", role: "engineer")),
        ("suzuki", "大輔", Position(department: "cells", role: "engineer")),
        ("ito", "誠", Position(department: "battery", role: "manager")),
        ("kato", "千尋", Position(department: "cathode", role: "researcher")),
        ("takahashi", "浩二", Position(department: "battery", role: "general-manager")),
        ("kobayashi", "陽子", Position(department: "anode", role: "engineer")),
        (
            "watanabe", "亮",
            Position(
                kind: "secondee", employer: "shiomi-chemical", department: "separator",
                role: "engineer")
        ),
        (
            "yoshida", "由美",
            Position(
                kind: "dispatched", employer: "hiiragi-staffing", department: "evaluation",
                role: "assistant")
        ),
        ("mori", "隆", Position(kind: "officer", department: "board", role: "director")),
        ("saito", "恵子", Position(kind: "officer", department: "board", role: "director")),
        ("yamamoto", "翔太", student),
        ("kimura", "葵", student),
    ]

    private static let student = Position(
        kind: "student", employer: "rakuto-university", host: "rakuto-university")
}
