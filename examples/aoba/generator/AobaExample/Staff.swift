/// Fills the departments, and names those who work with the company from outside.
enum Staff {
    static let size = 300

    static func people(_ register: inout Register, _ random: inout SplitMix64) -> [Person] {
        let cast = Cast.people(&register)
        var positions = officers + heads(cast) + outsiders
        positions += temporary(&random)
        let units = Department.all.filter { $0.level > 0 }
        for unit in units {
            let base = unit.level == 1 ? 2 : 3
            for _ in 0..<base {
                positions.append(position(in: unit, &random))
            }
        }
        while positions.count < size - cast.count {
            positions.append(position(in: random.pick(units.filter { $0.level > 1 }), &random))
        }
        return cast + positions.map { register.person($0) }
    }

    /// Someone without people to lead.
    static func position(in department: Department, _ random: inout SplitMix64) -> Position {
        Position(department: department.id, role: role(in: department, &random))
    }

    static func role(in department: Department, _ random: inout SplitMix64) -> String {
        if department.isBelow("materials") || department.isBelow("electrolyte") {
            return random.chance(65) ? "researcher" : "engineer"
        }
        if department.isBelow("research") {
            return random.chance(80) ? "engineer" : "researcher"
        }
        if department.isBelow("manufacturing") && department.id != "purchasing" {
            return random.chance(35) ? "engineer" : "member"
        }
        return "member"
    }

    private static let officers = Array(
        repeating: Position(kind: "officer", department: "board", role: "director"), count: 4)

    /// The head of each department, but for those whom the cast has.
    private static func heads(_ cast: [Person]) -> [Position] {
        Department.all.compactMap { department in
            let role = ["director", "general-manager", "manager", "leader"][department.level]
            let isTaken = cast.contains { $0.department == department.id && $0.role == role }
            return isTaken ? nil : Position(department: department.id, role: role)
        }
    }

    /// Who hold no post: students, partners' staff, contractors, and the subsidiary's own people.
    private static let outsiders =
        position(5, "student", of: "rakuto-university", at: "rakuto-university")
        + position(3, "partner-staff", of: "rakuto-university", at: "rakuto-university")
        + position(7, "partner-staff", of: "shiomi-chemical", at: "shiomi-chemical")
        + position(4, "partner-staff", of: "hokuho-machinery", at: "hokuho-machinery")
        + position(9, "contractor", of: "hokuho-machinery", at: "aoba")
        + position(8, "employee", of: "aoba-us", at: "aoba-us")

    private static func position(
        _ count: Int, _ kind: String, of employer: String, at host: String
    ) -> [Position] {
        Array(repeating: Position(kind: kind, employer: employer, host: host), count: count)
    }

    /// Dispatched workers and suppliers' secondees: not the company's own, but with a post in it.
    private static func temporary(_ random: inout SplitMix64) -> [Position] {
        let benches = [
            "evaluation", "cycle-test", "mixing", "electrode-line-1", "assembly", "inspection",
            "general-affairs", "accounting", "cathode-synthesis",
        ]
        let dispatched = (0..<21).map { _ in
            Position(
                kind: "dispatched", employer: "hiiragi-staffing", department: random.pick(benches),
                role: "assistant")
        }
        let hosts = ["electrolyte", "separator", "coating", "quality", "cathode"]
        let secondees = (0..<6).map { index in
            Position(
                kind: "secondee",
                employer: index < 4 ? "shiomi-chemical" : "hokuho-machinery",
                department: index < 4 ? random.pick(hosts) : "coating", role: "engineer")
        }
        return dispatched + secondees
    }
}
