import Facts
import LDAPClient

/// Reads one entry that gives records to others: a group to its members, a position to whoever holds it.
struct GrantReader {
    let candidate: Candidate
    let surroundings: Surroundings
    let mapping: CheckedMapping
    let zone: ZoneTable
    let effective: Instant
    private(set) var problems: [EntryProblem] = []
    private(set) var notices: Set<DirectoryNotice> = []
    /// What was looked at beside the entry.
    private(set) var seen = Lookups.Seen()

    init(
        candidate: Candidate, surroundings: Surroundings, mapping: CheckedMapping, zone: ZoneTable,
        effective: Instant
    ) {
        self.candidate = candidate
        self.surroundings = surroundings
        self.mapping = mapping
        self.zone = zone
        self.effective = effective
    }

    /// What the entry gives; nothing where it has a problem.
    mutating func read() -> [Observation] {
        guard let id = candidate.entity, candidate.rule.grant != nil else { return [] }
        let rule = candidate.rule
        var values = ValueReader(candidate, in: surroundings, mapping: mapping, zone: zone)
        let attributes = values.values(rule.attributes, of: rule.kind)
        var walk = Walk(surroundings: surroundings, mapping: mapping, zone: zone)
        walk.visit(candidate)
        for reason in walk.reasons { values.add(reason) }
        var observations: [Observation] = []
        for owner in walk.owners.sorted() {
            let name = RecordName.name(
                source: mapping.source, owner: owner, kind: rule.kind, entry: id.name)
            do {
                try mapping.vocabulary.checkID(name)
            } catch {
                values.add(.unfit(error, attribute: nil))
            }
            observations.append(
                Observation(
                    entity: EntityID(kind: rule.rootKind, name: name), kind: rule.kind,
                    owner: owner, attributes: attributes, effective: effective))
        }
        problems = values.reasons.map { EntryProblem($0, in: candidate.entry, entity: id) }
        notices = walk.notices
        seen = walk.lookups.seen
        seen.formUnion(values.lookups.seen)
        return problems.isEmpty ? observations : []
    }
}

/// Goes from an entry to all whom it names, by way of the groups among them.
private struct Walk {
    let surroundings: Surroundings
    let mapping: CheckedMapping
    let zone: ZoneTable
    private(set) var owners: Set<EntityID> = []
    private(set) var reasons: [EntryProblem.Reason] = []
    private(set) var notices: Set<DirectoryNotice> = []
    private(set) var lookups: Lookups
    private var path: [Candidate] = []
    private var visited: Set<Place> = []
    private var ownerKind: String?

    /// So many groups within groups are followed.
    private static let deepest = 100

    init(surroundings: Surroundings, mapping: CheckedMapping, zone: ZoneTable) {
        self.surroundings = surroundings
        lookups = Lookups(surroundings)
        self.mapping = mapping
        self.zone = zone
    }

    mutating func visit(_ candidate: Candidate) {
        guard let grant = candidate.rule.grant else { return }
        let kind = ownerKind ?? grant.ownerKind
        ownerKind = kind
        visited.insert(Place(candidate))
        path.append(candidate)
        defer { path.removeLast() }
        guard path.count <= Self.deepest else {
            reasons.append(.nestedTooDeep(Self.deepest))
            return
        }
        var values = ValueReader(candidate, in: surroundings, mapping: mapping, zone: zone)
        let texts = values.texts(grant.owners) ?? []
        reasons += values.reasons
        if texts.isEmpty, grant.owners.need == .required {
            reasons.append(.missing(attribute: grant.owners.place))
        }
        for text in texts {
            if grant.owners.form == .name {
                follow(text, of: candidate, grant, to: kind)
            } else {
                add(EntityID(kind: kind, name: text), of: candidate, grant)
            }
        }
    }

    private mutating func follow(
        _ text: String, of candidate: Candidate, _ grant: CheckedMapping.Grant, to kind: String
    ) {
        guard let dn = try? DistinguishedName(text) else {
            reasons.append(.notAName(attribute: grant.owners.place, value: text))
            return
        }
        switch lookups.entity(named: dn, of: kind) {
        case .entity(let owner):
            owners.insert(owner)
            return
        // What was stated of somebody who has a problem stays as it was.
        case .unclear: return
        case .none: break
        }
        let groups = grant.isNested ? lookups.grants(named: dn) : []
        if groups.isEmpty { unknown(text, of: candidate, grant) }
        for group in groups {
            if let first = path.firstIndex(where: { Place($0) == Place(group) }) {
                notices.insert(.circle(path[first...].map(\.entry.entry.dn)))
            } else if !visited.contains(Place(group)) {
                guard group.problem == nil else {
                    reasons.append(.unclearName(attribute: grant.owners.place, name: text))
                    continue
                }
                visit(group)
            }
        }
    }

    private mutating func add(
        _ name: EntityID, of candidate: Candidate, _ grant: CheckedMapping.Grant
    ) {
        switch lookups.meaning(of: name) {
        case .entity(let owner) where lookups.has(owner): owners.insert(owner)
        case .entity: unknown(name.name, of: candidate, grant)
        case .unclear:
            reasons.append(.unclearReference(attribute: grant.owners.place, name))
        }
    }

    private mutating func unknown(
        _ name: String, of candidate: Candidate, _ grant: CheckedMapping.Grant
    ) {
        if grant.owners.need == .required {
            reasons.append(.unknownName(attribute: grant.owners.place, name: name))
        } else {
            notices.insert(.unknownOwner(name, of: candidate.entry.entry.dn))
        }
    }
}
