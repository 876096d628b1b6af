/// A person as engaged on the first day they are known.
struct Person: Sendable {
    let uid: String
    let surname: Name
    let given: Name
    let kind: String
    let employer: String
    let host: String
    let department: String?
    let role: String?
    /// Unique over everybody: who is engaged elsewhere has a visitor's number.
    let number: String

    var name: String { "\(surname.kanji) \(given.kanji)" }
    var kana: String { "\(surname.kana) \(given.kana)" }
    var romaji: String { "\(given.capitalised) \(surname.capitalised)" }

    var mail: String {
        switch employer {
        case "aoba", "hiiragi-staffing": "\(uid)@aoba.example"
        default: "\(uid)@\(employer).example"
        }
    }

    /// Whether the work is research and development: the people whom projects and checks are about.
    var isInResearch: Bool {
        guard let department else { return false }
        return Department.named(department).isBelow("research")
    }
}

/// What a person is taken on as.
struct Position {
    var kind = "employee"
    var employer = "aoba"
    var host = "aoba"
    var department: String?
    var role: String?
}

/// Takes people on: gives out user ids and numbers, each once.
struct Register {
    private var random: SplitMix64
    private var taken: [String: Int] = [:]
    private var count = 0

    init(random: SplitMix64) {
        self.random = random
    }

    mutating func person(_ position: Position) -> Person {
        let count = Name.surnames.count
        // The smaller of two draws: common names are commoner.
        let surname = Name.surnames[min(random.below(count), random.below(count))]
        return person(surname, random.pick(Name.givenNames), position)
    }

    mutating func person(_ surname: Name, _ given: Name, _ position: Position) -> Person {
        count += 1
        let namesakes = taken[surname.romaji, default: 0] + 1
        taken[surname.romaji] = namesakes
        let isOutside = position.department == nil
        return Person(
            uid: namesakes == 1 ? surname.romaji : "\(surname.romaji)\(namesakes)",
            surname: surname, given: given, kind: position.kind, employer: position.employer,
            host: position.host, department: position.department, role: position.role,
            number: (isOutside ? "V" : "A") + String(10_000 + count * 7))
    }
}
