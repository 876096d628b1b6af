import Facts
public import PolicyLanguage

/// A policy as text, in parts that a shrinker can leave out one by one.
public struct RandomPolicy: Hashable, Sendable {
    /// What comes before the rules.
    public let preamble: String
    /// Definitions, rules and leases, each whole.
    public var declarations: [String]

    /// Creates a policy of these parts.
    public init(preamble: String, declarations: [String]) {
        self.preamble = preamble
        self.declarations = declarations
    }

    /// The policy's text.
    public var text: String { preamble + declarations.joined(separator: "\n") + "\n" }

    /// Reads it.
    public func read() -> PolicyReader.Result { Fixtures.read(text) }
}

/// Writes random policies about one world.
struct RandomPolicies {
    private let preamble: String
    private let world: RandomWorld
    private var conditions: RandomConditions

    init(preamble: String, world: RandomWorld, isPlain: Bool) {
        self.preamble = preamble
        self.world = world
        conditions = RandomConditions(world: world, isPlain: isPlain)
    }

    mutating func policy(_ random: inout SplitMix64) -> RandomPolicy {
        var declarations: [String] = []
        conditions.definitions = []
        for index in 0..<random.below(3) {
            let scope = RandomConditions.Scope.request(on: "resource")
            let condition = conditions.condition(2, in: scope, &random)
            declarations.append("define name\(index) = \(condition)")
        }
        conditions.definitions = declarations.indices.map { "name\($0)" }
        for index in 0..<(3 + random.below(4)) { declarations.append(permit(index, &random)) }
        for index in 0..<random.below(4) { declarations.append(restriction(index, &random)) }
        for index in 0..<random.below(3) { declarations.append(obligation(index, &random)) }
        for _ in 0..<random.below(3) where random.chance(60) {
            let period = random.pick(["5 minutes", "2 days", "1 month", "3 hours"])
            declarations.append("lease \(period) on \(head(of: kind(&random), &random).text)")
        }
        declarations += questions(&random)
        // Repeating a rule without a name must change nothing.
        if random.chance(30),
            let last = declarations.last(where: { $0.hasPrefix("permit permits") })
        {
            let unnamed = last.replacing(/^permit [a-z0-9]+:/, with: "permit")
            declarations += [unnamed, unnamed]
        }
        return RandomPolicy(preamble: preamble, declarations: declarations)
    }

    // MARK: Rules

    private func permit(_ index: Int, _ random: inout SplitMix64) -> String {
        let kind = kind(&random)
        let head = head(of: kind, &random)
        let actions = actions(on: kind, &random)
        var scope = scope(kind, head, actions)
        scope.mayReadLimited = true
        let when = random.chance(30) ? "true" : conditions.condition(2, in: scope, &random)
        return "permit permits\(index): \(actions.text) on \(head.text) when \(when)"
    }

    private func restriction(_ index: Int, _ random: inout SplitMix64) -> String {
        let kind = kind(&random)
        let head = head(of: kind, &random)
        let actions = actions(on: kind, &random)
        var scope = scope(kind, head, actions)
        scope.mayReadLimited = true
        let condition = conditions.condition(2, in: scope, &random)
        guard random.chance(50) else {
            return "forbid forbids\(index): \(actions.text) on \(head.text) when \(condition)"
        }
        let when = random.chance(50) ? "when \(conditions.condition(1, in: scope, &random))" : ""
        return
            "require requires\(index): \(actions.text) on \(head.text) \(when) only if \(condition)"
    }

    private func obligation(_ index: Int, _ random: inout SplitMix64) -> String {
        let kind = kind(&random)
        var head = head(of: kind, &random)
        head.checks = []  // An obligation may read no check.
        let actions = actions(on: kind, &random)
        let plain = ["record", "watermark"]
        let others = ["report(to = resource.owner)", "count(n = 3, by = subject)"]
        let what = random.some(plain + (conditions.isPlain ? [] : others), atLeast: 1).joined(
            separator: ", ")
        let when =
            random.chance(60)
            ? "when \(conditions.condition(1, in: scope(kind, head, actions), &random))" : ""
        return "oblige obliges\(index): \(what) on \(actions.text) of \(head.text) \(when)"
    }

    /// Limits and duties; entitlements take a policy that reads no circumstances.
    private func questions(_ random: inout SplitMix64) -> [String] {
        let extent = { (random: inout SplitMix64) in
            let quantifier = random.pick(["some", "every"])
            return "\(quantifier) \(self.head(of: "resource", &random).text)"
        }
        let action = random.pick(["discover", "view"])
        let group = random.pick(["", " of one owner", " of one projects", " of one escorts"])
        var questions = [
            "limit whole: at most \(random.below(3)) people may \(action) \(extent(&random))\(group)",
            "entitlement \"cn=all\" holds who may \(action) \(extent(&random)) assuming device.kind = managed,"
                + " spot.area = r3, spot.floor = 1, spot.inside = true, spot.since = 2026-04-05,"
                + " spot.name = \"x\", spot.until = 2026-04-19, network.zone = internal-network,"
                + " place.country = \"JP\", place.area = r3, request.purpose = \"x\""
                + " reveals k0, k1, screening approved by 2 who may \(action)",
        ]
        questions.append(
            random.pick([
                "upon transferred: exchange person.posts.department, tell person",
                "upon transferred: exchange person.posts when person.employer = to.organisation",
                "upon relocated: move to, tell prototype.escorts, call prototype.placements.at",
                "upon member-added: brief project by until when some p in person.posts",
            ]))
        return questions
    }

    private func scope(
        _ kind: String, _ head: Head, _ actions: Actions
    ) -> RandomConditions.Scope {
        var scope = RandomConditions.Scope.request(on: kind)
        scope.checks = head.checks
        scope.actions = actions.earlier
        return scope
    }

    // MARK: Heads

    private struct Head {
        var text: String
        var checks: [String]
    }

    private struct Actions {
        let text: String
        /// The actions that come before all of these, so that asking for them ends.
        let earlier: [String]
    }

    private func kind(_ random: inout SplitMix64) -> String {
        random.pick([
            "resource", "resource", "resource", "resource", "document", "document", "sample",
            "area",
            "prototype", "prototype",
        ])
    }

    private func actions(on kind: String, _ random: inout SplitMix64) -> Actions {
        let all = world.vocabulary.actionNames
        let possible = world.vocabulary.actions.filter { action in
            world.vocabulary.isKind(kind, action.kind) || world.vocabulary.isKind(action.kind, kind)
        }
        let names = Set(possible.map(\.name)).sorted()
        let chosen = random.chance(45) ? [] : random.some(names, atLeast: 1)
        let places = (chosen.isEmpty ? names : chosen).compactMap { all.firstIndex(of: $0) }
        let first = places.min() ?? 0
        return Actions(
            text: chosen.isEmpty ? "any" : chosen.joined(separator: ", "),
            earlier: Array(all[..<first]))
    }

    private func head(of kind: String, _ random: inout SplitMix64) -> Head {
        var parts: [String] = []
        var checks: [String] = []
        if random.chance(35) {
            let tier = conditions.literal(.enumeration("tier"), &random)
            parts.append("tier \(random.pick(["=", "!=", "<", "<=", ">", ">="])) \(tier)")
        }
        switch random.below(12) {
        case 0:
            parts.append("category any {cat0}")
            checks = ["k0", "k1"]
        case 1:
            parts.append("category any {cat1, cat0}")
            checks = ["k1"]
        case 2: parts.append("category all \(conditions.literal(category, &random))")
        case 3: parts.append("category any \(conditions.literal(category, &random))")
        case 4: parts.append("owner = department \"\(random.pick(["d0", "d1", "d2"]))\"")
        case 5 where kind == "prototype": parts.append("stage \(random.pick(["<", ">"])) 2")
        case 6:
            let forms = conditions.literal(.set(of: .enumeration("form")), &random)
            parts.append("form in \(forms)")
        case 7: parts.append("projects \(random.pick(["any", "all"])) {j0}")
        default: break
        }
        guard !parts.isEmpty else { return Head(text: kind, checks: []) }
        return Head(text: "\(kind)(\(parts.joined(separator: ", ")))", checks: checks)
    }

    private var category: ValueType { .set(of: .enumeration("category")) }
}
