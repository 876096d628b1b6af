/// Which entries speak of whom.
struct EntryIndex: Sendable {
    private(set) var entries: [LedgerEntry] = []
    private var mentions: [EntityID: [Int]] = [:]
    private var events: [String: [Int]] = [:]
    /// Those who own, or at some time owned, records of each kind, whatever has become of these.
    private var owners: [String: Set<EntityID>] = [:]
    /// The ids of events that are void.
    private(set) var voided: Set<String> = []
    /// The events that end records whoever owns them.
    private(set) var sweeping: [Int] = []
    /// Whether such an event asks about others than those whose records it ends: then all depends on all.
    private(set) var tiesEverything = false

    init(_ entries: [LedgerEntry], _ vocabulary: Vocabulary) { add(entries, vocabulary) }

    mutating func add(_ new: [LedgerEntry], _ vocabulary: Vocabulary) {
        for entry in new {
            let place = entries.count
            entries.append(entry)
            for id in entry.touched(vocabulary) { mentions[id, default: []].append(place) }
            for (kind, owner) in entry.ownedRecords(vocabulary) {
                owners[kind, default: []].insert(owner)
            }
            if let id = entry.voidedID { voided.insert(id) }
            guard case .event(let event) = entry.content else { continue }
            events[event.id, default: []].append(place)
            let sweeps = entry.sweeps(vocabulary)
            guard !sweeps.isEmpty else { continue }
            sweeping.append(place)
            if sweeps.contains(where: \.asksAboutOthers) { tiesEverything = true }
        }
    }

    /// Those who have ever owned records of a kind.
    func owners(of kind: String) -> Set<EntityID> { owners[kind] ?? [] }

    /// The entries that speak of an entity, by their places.
    func places(of id: EntityID) -> [Int] { mentions[id] ?? [] }

    /// The events with an id: one, unless somebody used it twice.
    func events(withID id: String) -> [LedgerEntry] { (events[id] ?? []).map { entries[$0] } }
}

extension LedgerEntry {
    /// Those whose histories an entry reads or changes, leaving aside what it does to everybody's records.
    func touched(_ vocabulary: Vocabulary) -> Set<EntityID> {
        switch content {
        case .correction, .reading: return []
        case .observation(let observation):
            return Set([observation.entity, observation.owner].compactMap(\.self))
        case .event(let event):
            var touched: Set<EntityID> = []
            var begun: [String: Int] = [:]
            func touch(_ field: String) {
                if let id = event.fields[field]?.reference { touched.insert(id) }
            }
            let declaration = vocabulary.events[event.name]
            // What the event is about: it may be called off for it.
            if let about = declaration?.fields.first { touch(about.name) }
            for effect in declaration?.effects ?? [] {
                for field in effect.operation.fieldsAskedAbout { touch(field) }
                switch effect.operation {
                case .create(let field, _), .set(let field, _): touch(field)
                case .begin(let kind, let owner, _, _):
                    touch(owner)
                    let number = begun[kind, default: 0] + 1
                    begun[kind] = number
                    touched.insert(FactBuilder.record(kind, number: number, begunBy: event.id))
                case .end(_, let owner, _): if let owner { touch(owner) }
                case .need(_, let field, _), .cancel(_, let field, _): touch(field)
                }
            }
            return touched
        }
    }

    /// The kinds of the records that an entry states or begins, with their owners.
    fileprivate func ownedRecords(_ vocabulary: Vocabulary) -> [(kind: String, owner: EntityID)] {
        switch content {
        case .correction, .reading: return []
        case .observation(let observation):
            return observation.owner.map { [(observation.kind, $0)] } ?? []
        case .event(let event):
            return (vocabulary.events[event.name]?.effects ?? []).compactMap { effect in
                guard case .begin(let kind, let field, _, _) = effect.operation,
                    let owner = event.fields[field]?.reference
                else { return nil }
                return (kind, owner)
            }
        }
    }

    /// The effects of an event that end records whoever owns them.
    func sweeps(_ vocabulary: Vocabulary) -> [Effect] {
        guard case .event(let event) = content else { return [] }
        return (vocabulary.events[event.name]?.effects ?? []).filter(\.isSweep)
    }
}

extension Effect {
    /// Whether it ends records whoever owns them.
    var isSweep: Bool {
        guard case .end(_, nil, _) = operation else { return false }
        return true
    }

    fileprivate var asksAboutOthers: Bool { !operation.fieldsAskedAbout.isEmpty }
}

extension Effect.Operation {
    /// The fields whose entities' records an effect asks about to find a value.
    fileprivate var fieldsAskedAbout: [String] {
        let assignments: [Effect.Assignment] =
            switch self {
            case .create(_, let attributes): attributes
            case .set(_, let assignment): [assignment]
            case .begin(_, _, let attributes, _): attributes
            case .end(_, _, let matching), .need(_, _, let matching), .cancel(_, _, let matching):
                matching
            }
        return assignments.compactMap { assignment in
            guard case .current(_, let field) = assignment.operand else { return nil }
            return field
        }
    }
}
