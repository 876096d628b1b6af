import Facts

/// Writes conditions in the policy language, of every construct it has.
struct RandomConditions {
    let world: RandomWorld
    /// Whether they compare what people and resources have, and nothing else.
    var isPlain = false
    /// Names of definitions that may be used.
    var definitions: [String] = []

    /// What companies write most, which chance alone would seldom hit on.
    private static let idioms = [
        "(some p in subject.posts where p.department below resource.owner)",
        "(some p in subject.posts where resource.owner below p.department and p.primary)",
        "(some m in subject.memberships where m.project in resource.projects and m.consented)",
        "(some m in subject.memberships where m.engagement.in-force)",
        "(every m in subject.memberships where m.engagement.in-force and m.engagement.host = company)",
        "(some a in subject.assignments where resource in a.items)",
        "(some a in subject.employer.treaties where resource in a.scope or a.grade <= middling)",
        "(some e in subject.engagements where e.host = company and e.kind in {employee, student})",
        "resource.owner below department \"d1\"",
        "device.kind in {managed, travel}",
        "subject.moved-from(resource.owner) within 14 days",
        "subject.moved-from(resource.owner) within 14 days",
        "(some p in subject.posts where not (p.department below resource.owner))",
        "resource.tier <= cap[middling]",
        "(some a in subject.employer.treaties where resource.tier <= cap[a.grade])",
        "at-home(resource.owner)",
        "(some d in resource.projects where d.stage >= resource.opens-at)",
        "(every o in chain of subject.employer where some a in o.treaties where a.active)",
        "(some d in chain of resource.owner where d = department \"d1\")",
        "(no n in subject.notices)",
        "(at least 2 p in subject.posts where p.department below resource.owner)",
        "(at most 1 m in subject.memberships where m.approved)",
        "(exactly 1 p in subject.posts)",
        "(some c in resource.category where c in {cat0})",
        "resource.category only {cat0}",
        "subject.employer.name not in good-words",
        "resource in liked",
        "resource.owner above department \"d2\"",
        "during working",
        "during 22:00 to 06:00",
        "since 2026-04-05",
        "until 2026-04-19",
        "(some p in subject.posts where within 14 days after p.since)",
        "(some p in subject.posts where at least 1 month after p.since)",
        "(some l in subject.pledges where until l.until)",
        "was (subject engaged) on 2026-04-05",
        "(some a in resource.endorsements where was (some p in a.by.posts where p.department below resource.owner) on a.since)",
        "(subject engaged for at least 10 days)",
        "((some p in subject.posts where p.department below resource.owner) for at least tail)",
        "(some p in resource.escorts where p = subject)",
        "(some p in resource.escorts where p is visitor)",
        "liked-by-now(resource, subject)",
        "resource.secrecy >= 1",
        "subject.home = resource.owner",
        "subject.home = resource.owner",
        "(subject.home != resource.owner or resource in subject.keys)",
        "resource in subject.keys",
        "subject.skills all resource.category",
        "subject.skills any resource.category",
        "subject.home.organisation = resource.owner.organisation",
    ]

    private static let plain = [
        "subject.home = resource.owner", "subject.home != resource.owner",
        "resource in subject.keys", "subject in resource.escorts",
        "subject.skills all resource.category", "resource.category any subject.skills",
        "resource.category all subject.skills",
        "subject.home.organisation = resource.owner.organisation",
        "subject.home = department \"d1\"",
        "resource.owner = department \"d1\"", "resource.tier <= tier0",
        "resource.category any {cat0}", "subject.skills any {cat0, cat1}",
        "device.kind = managed", "device.kind != travel", "spot.area in subject.keys",
        "spot.inside", "has subject.home", "subject.employer = company", "resource.edition = full",
    ]

    /// What a condition may speak of where it stands.
    struct Scope {
        var entities: [(name: String, kind: String)]
        /// Actions it may ask about without going round in a circle.
        var actions: [String] = []
        /// Checks that the rule's class is covered by.
        var checks: [String] = []
        var variables = 0
        /// Whether what serves one purpose may be read: by access rules, and by nothing else.
        var mayReadLimited = false

        static func request(on kind: String) -> Scope {
            Scope(entities: [("subject", "person"), ("resource", kind)])
        }
    }

    func condition(_ depth: Int, in scope: Scope, _ random: inout SplitMix64) -> String {
        guard depth > 0 else { return leaf(in: scope, &random) }
        switch random.below(isPlain ? 6 : 10) {
        case 0...1: return "not (\(condition(depth - 1, in: scope, &random)))"
        case 2...3:
            let left = condition(depth - 1, in: scope, &random)
            return "(\(left) and \(condition(depth - 1, in: scope, &random)))"
        case 4...5:
            let left = condition(depth - 1, in: scope, &random)
            return "(\(left) or \(condition(depth - 1, in: scope, &random)))"
        case 6...8: return quantified(depth, in: scope, &random) ?? leaf(in: scope, &random)
        default: return leaf(in: scope, &random)
        }
    }

    // MARK: Quantifiers

    private func quantified(
        _ depth: Int, in scope: Scope, _ random: inout SplitMix64
    ) -> String? {
        let (owner, kind) = entity(in: scope, longest: 1, &random)
        let records = world.vocabulary.kinds.filter { record in
            guard let ownership = record.ownership, record.limitedTo != "checks",
                record.limitedTo == nil || scope.mayReadLimited
            else { return false }
            return world.vocabulary.isKind(kind, ownership.owner)
        }
        let sets = attributes(of: kind, in: scope).compactMap { attribute in
            attribute.type.memberType?.entityKind.map { (relation: attribute.name, kind: $0) }
        }
        let domains = records.compactMap { record in
            record.ownership.map { (relation: $0.relation, kind: record.name) }
        }
        guard !domains.isEmpty || !sets.isEmpty else { return nil }
        let domain = random.pick(
            domains.isEmpty || random.chance(15) && !sets.isEmpty ? sets : domains)
        let relation = domain.relation
        var inner = scope
        inner.variables += 1
        let variable = "v\(inner.variables)"
        inner.entities.append((variable, domain.kind))
        // Most of what is said inside is about the record.
        if random.chance(60) { inner.entities = [(variable, domain.kind)] }
        let quantifier =
            random.chance(60)
            ? "some"
            : random.pick(["every", "every", "no", "at least 2", "at most 1", "exactly 1"])
        let head = "\(quantifier) \(variable) in \(owner).\(relation)"
        if random.chance(15) { return "(\(head))" }
        return "(\(head) where \(condition(depth - 1, in: inner, &random)))"
    }

    // MARK: Paths

    /// A path to an entity, and its kind.
    private func entity(
        in scope: Scope, longest: Int, _ random: inout SplitMix64
    ) -> (String, String) {
        var (path, kind) = random.pick(scope.entities)
        for _ in 0..<longest where random.chance(35) {
            let steps = attributes(of: kind, in: scope).filter { $0.type.isEntity }
            guard !steps.isEmpty else { break }
            let step = random.pick(steps)
            guard case .entity(let target) = step.type else { break }
            path += ".\(step.name)"
            kind = target
        }
        return (path, kind)
    }

    private func attributes(of kind: String, in scope: Scope) -> [AttributeDeclaration] {
        (world.vocabulary.kinds[kind]?.attributes ?? []).filter {
            $0.limitedTo == nil || scope.mayReadLimited
        }
    }

    /// A path to a value, and its type.
    private func value(in scope: Scope, _ random: inout SplitMix64) -> (String, ValueType) {
        let hasRequest = scope.entities.contains { $0.name == "subject" }
        if hasRequest, random.chance(8) { return ("device.kind", .enumeration("device-kind")) }
        if hasRequest, random.chance(12) {
            let context = random.pick(world.vocabulary.contexts.filter { $0.name.contains(".") })
            return (context.name, context.type)
        }
        for _ in 0..<4 {
            let (path, kind) = entity(in: scope, longest: 2, &random)
            let attributes = attributes(of: kind, in: scope)
            guard !attributes.isEmpty else { continue }
            let attribute = random.pick(attributes)
            return ("\(path).\(attribute.name)", attribute.type)
        }
        return ("device.kind", .enumeration("device-kind"))
    }

    // MARK: Leaves

    private func leaf(in scope: Scope, _ random: inout SplitMix64) -> String {
        let hasRequest = scope.entities.contains { $0.name == "subject" }
        if isPlain {
            if random.chance(10), let action = scope.actions.first {
                return "subject may \(action) resource"
            }
            return random.pick(RandomConditions.plain)
        }
        switch random.below(24) {
        case 0 where !definitions.isEmpty && hasRequest: return random.pick(definitions)
        case 1...5 where !scope.actions.isEmpty:
            return "subject may \(random.pick(scope.actions)) resource"
        case 6...7 where !scope.checks.isEmpty:
            return "subject passed \(random.pick(scope.checks))"
        case 8: return "has \(value(in: scope, &random).0)"
        case 9: return ofEntity(in: scope, &random)
        case 10...12: return moment(in: scope, &random)
        case 13: return random.pick(["true", "false"])
        case 14...18 where hasRequest: return random.pick(RandomConditions.idioms)
        default: return comparison(in: scope, &random)
        }
    }

    private func ofEntity(in scope: Scope, _ random: inout SplitMix64) -> String {
        let (path, kind) = entity(in: scope, longest: 1, &random)
        if world.vocabulary.kinds[kind]?.ownership != nil { return "\(path).in-force" }
        if world.vocabulary.isKind(kind, "person") {
            let adjectives = ["engaged", "on-notice", "on-leave", "abroad", "pledged", "trained"]
            return "\(path) \(random.pick(adjectives))"
        }
        if kind == "prototype" { return "\(path) \(random.pick(["vouched-for", "placed"]))" }
        return comparison(in: scope, &random)
    }

    private func moment(in scope: Scope, _ random: inout SplitMix64) -> String {
        let isAboutSubject = scope.entities.contains { $0.name == "subject" } && random.chance(60)
        let (path, kind) =
            isAboutSubject ? ("subject", "person") : entity(in: scope, longest: 1, &random)
        let period = random.pick(["14 days", "1 month", "30 hours", "1 year"])
        let argument =
            scope.entities.contains { $0.name == "resource" } && random.chance(60)
            ? "resource.owner" : "department \"\(random.pick(["d0", "d1", "d1", "nobody"]))\""
        switch kind {
        case "person": return "\(path).moved-from(\(argument)) within \(period)"
        case "prototype": return "\(path).moved-out-of(\(argument)) within \(period)"
        default: return comparison(in: scope, &random)
        }
    }

    private func comparison(in scope: Scope, _ random: inout SplitMix64) -> String {
        let (path, type) = value(in: scope, &random)
        let literal = literal(type, &random)
        switch type {
        case .boolean where random.chance(70): return path
        case .boolean, .text: return "\(path) \(random.pick(["=", "!="])) \(literal)"
        case .set(let member):
            switch random.below(4) {
            case 0: return "\(self.literal(member, &random)) in \(path)"
            case 1: return "\(path) \(random.pick(["=", "!="])) \(literal)"
            default: return "\(path) \(random.pick(["any", "all"])) \(literal)"
            }
        case .integer, .instant, .date, .lastDay, .enumeration, .entity:
            return single(path, type, literal, in: scope, &random)
        }
    }

    private func single(
        _ path: String, _ type: ValueType, _ literal: String, in scope: Scope,
        _ random: inout SplitMix64
    ) -> String {
        // Another path of the same type, if one turns up.
        var other = literal
        for _ in 0..<4 where random.chance(50) {
            let (found, foundType) = value(in: scope, &random)
            if foundType == type { other = found }
            if foundType == .set(of: type) { return "\(path) in \(found)" }
        }
        if random.chance(25) { return "\(path) in \(self.literal(.set(of: type), &random))" }
        if case .entity("department") = type, random.chance(70) { return "\(path) below \(other)" }
        let comparisons = isOrdered(type) ? ["<", "<=", ">", ">=", "=", "!="] : ["=", "=", "!="]
        return "\(path) \(random.pick(comparisons)) \(other)"
    }

    private func isOrdered(_ type: ValueType) -> Bool {
        switch type {
        case .integer, .instant, .date, .lastDay: true
        case .enumeration(let name): world.vocabulary.enumerations[name]?.isScale == true
        case .boolean, .text, .entity, .set: false
        }
    }

    func literal(_ type: ValueType, _ random: inout SplitMix64) -> String {
        switch type {
        case .boolean: return random.pick(["true", "false"])
        case .integer: return String(random.below(4))
        case .text: return "\"\(random.pick(["x", "y", "が"]))\""
        case .instant, .lastDay: return TimeText.text(random.pick(world.instants), in: world.zone)
        case .date: return TimeText.text(world.zone.date(at: random.pick(world.instants)))
        case .enumeration(let name):
            return random.pick(world.vocabulary.enumerations[name]?.cases.map(\.name) ?? [])
        case .entity(let kind): return "\(kind) \"\(random.pick(world.ids(of: kind)).name)\""
        case .set(let member):
            let members = (0..<random.below(4)).map { _ in literal(member, &random) }
            return "{" + members.joined(separator: ", ") + "}"
        }
    }
}

extension ValueType {
    fileprivate var isEntity: Bool {
        if case .entity = self { return true }
        return false
    }
}
