/// Fills the register of technical information.
struct Stockroom {
    private var random: SplitMix64
    private var names: Set<String> = []
    private var counts: [String: Int] = [:]
    private(set) var resources = Resource.cast

    init(random: SplitMix64) {
        self.random = random
        names = Set(resources.map(\.name))
        let shares = [
            ("document", 2_495), ("sample", 300), ("equipment", 147), ("area", 50),
        ]
        for (entity, count) in shares {
            for _ in 0..<count {
                add(entity)
            }
        }
    }

    private mutating func add(_ entity: String) {
        let draw = random.below(1_000)
        switch draw {
        case ..<40 where entity == "document": addOpen()
        case ..<470: addOrdinary(entity, tier: "internal")
        case ..<880: addOrdinary(entity, tier: "departmental")
        default: addSecret(entity)
        }
    }

    private mutating func addOpen() {
        let (owner, kinds) = random.pick(Self.openKinds)
        let kind = random.pick(kinds)
        put("document", tier: "open", owner: owner) { random in
            let month = random.number(in: 1...12)
            return "\(kind) \(random.number(in: 2018...2025))年\(month)月"
        }
    }

    private mutating func addOrdinary(_ entity: String, tier: String) {
        guard entity == "document" else {
            let bench = random.pick(Bench.all)
            put(
                entity, tier: tier, category: categories(tier, bench.owner), owner: bench.owner
            ) { bench.name(entity, &$0) }
            return
        }
        let shelf = random.pick(Shelf.all)
        let kinds = tier == "internal" ? shelf.everyday : shelf.specialist
        put(
            entity, tier: tier, category: categories(tier, shelf.owner), owner: shelf.owner
        ) { random in
            "\(random.pick(shelf.subjects)) \(random.pick(kinds)) \(Self.edition(&random))"
        }
    }

    private mutating func addSecret(_ entity: String) {
        let project = random.pick(Project.all)
        let owner =
            random.chance(55) ? project.departments[0] : random.pick(project.departments)
        put(
            entity, tier: "secret", category: categories("secret", owner), owner: owner,
            projects: [project.id]
        ) { random in
            let subject = random.pick(project.subjects)
            return entity == "document"
                ? "\(subject) \(random.pick(Project.secretKinds)) \(Self.edition(&random))"
                : Bench.secretName(entity, of: subject, &random)
        }
    }

    /// Adds one under the first name drawn that is not taken.
    private mutating func put(
        _ entity: String, tier: String, category: [String] = [], owner: String,
        projects: [String] = [], name: (inout SplitMix64) -> String
    ) {
        var title = name(&random)
        while !names.insert(title).inserted {
            title = name(&random)
        }
        let count = counts[entity, default: 0] + 1
        counts[entity] = count
        let isPaper = entity == "document" && random.chance(14)
        resources.append(
            Resource(
                entity: entity, id: Self.id(entity, count), name: title, tier: tier,
                category: category, owner: owner, projects: projects,
                form: entity == "document" ? (isPaper ? "paper" : "data") : entity))
    }

    /// Why a technology matters; what research keeps to itself mostly does.
    private mutating func categories(_ tier: String, _ owner: String) -> [String] {
        let share = ["departmental": 38, "secret": 85][tier] ?? 0
        guard Department.named(owner).isBelow("research"), random.chance(share) else { return [] }
        switch random.below(100) {
        case ..<45: return ["core"]
        case ..<62: return ["core", "economic"]
        case ..<74: return ["economic"]
        case ..<84: return ["security"]
        case ..<90: return ["core", "security"]
        default: return ["wanted"]
        }
    }

    private static func id(_ entity: String, _ count: Int) -> String {
        let (prefix, width) =
            switch entity {
            case "document": ("doc", 5)
            case "area": ("area", 3)
            default: (entity, 4)
            }
        let digits = String(count)
        return "\(prefix)-\(String(repeating: "0", count: width - digits.count))\(digits)"
    }

    private static func edition(_ random: inout SplitMix64) -> String {
        let year = random.number(in: 2021...2025)
        switch random.below(5) {
        case 0: return "第\(random.number(in: 1...9))版"
        case 1: return "\(year)年\(random.number(in: 1...12))月"
        case 2: return "\(year)年度\(random.chance(50) ? "上期" : "下期")"
        case 3: return "改訂\(random.pick(["A", "B", "C", "D", "E"]))"
        default: return "\(year)-\(random.number(in: 101...199))号"
        }
    }

    private static let openKinds: [(owner: String, kinds: [String])] = [
        ("planning", ["報道発表資料", "製品カタログ", "展示会パネル", "会社案内"]),
        ("hr", ["採用案内", "インターンシップ募集要項"]),
        ("materials", ["学会発表要旨", "公開論文"]),
        ("battery", ["学会発表要旨", "製品安全データの公開版"]),
        ("intellectual-property", ["公開特許公報写し"]),
        ("general-affairs", ["環境報告書", "地域説明会資料"]),
    ]
}
