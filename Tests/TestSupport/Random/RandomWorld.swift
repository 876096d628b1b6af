import Facts

/// The ids that random policies, companies and requests share, so that they meet often.
struct RandomWorld {
    let vocabulary: Vocabulary
    let zone: ZoneTable
    /// Every entity that a company may state, by id, with its most special kind.
    let entities: [(id: EntityID, kind: String)]
    /// The instants at which most things happen: few, so that things happen at the same one.
    let instants: [Instant]

    init(vocabulary: Vocabulary, zone: ZoneTable, random: inout SplitMix64) {
        self.vocabulary = vocabulary
        self.zone = zone
        let named: [(String, String)] = [
            ("p0", "person"), ("p1", "person"), ("p2", "visitor"), ("o0", "organisation"),
            ("o1", "organisation"), ("d0", "department"), ("d1", "department"),
            ("d2", "department"), ("d3", "department"), ("j0", "project"), ("j1", "project"),
            ("r0", "document"), ("r1", "document"), ("r2", "sample"), ("r3", "area"),
            ("r4", "prototype"), ("r5", "prototype"), ("r6", "equipment"),
        ]
        entities = named.map { name, kind in
            (EntityID(kind: vocabulary.rootKind(of: kind), name: name), kind)
        }
        // Either side of the odd days of the zones: 5 April skips midnight, 25 October has it twice.
        let days = [
            "2026-03-31", "2026-04-05", "2026-04-20", "2026-10-24", "2026-10-25", "2026-11-30",
        ]
        let clocks = ["", "", "", "T00:30", "T09:00", "T23:59:59"]
        instants = (0..<7).compactMap { _ in
            TimeText.instant(random.pick(days) + random.pick(clocks), in: zone)
        }
    }

    /// Ids of entities that `kind` can refer to; for a kind of record, those that companies state.
    func ids(of kind: String) -> [EntityID] {
        if kind == Vocabulary.checkKind {
            return ["k0", "k1"].map { EntityID(kind: kind, name: $0) }
        }
        if vocabulary.kinds[kind]?.ownership != nil {
            return (0..<2).map { EntityID(kind: kind, name: "\(kind)-\($0)") }
        }
        let fitting = entities.filter { vocabulary.isKind($0.kind, kind) }.map(\.id)
        return fitting + [EntityID(kind: vocabulary.rootKind(of: kind), name: "nobody")]
    }

    func value(of type: ValueType, _ random: inout SplitMix64) -> Value {
        switch type {
        case .boolean: return .boolean(random.chance(60))
        case .integer: return .integer(Int64(random.below(4)))
        case .text: return .text(random.pick(["x", "y", "が"]))
        case .instant: return .instant(random.pick(instants))
        case .date:
            return .instant(zone.start(of: zone.date(at: random.pick(instants))))
        case .lastDay:
            let date = zone.date(at: random.pick(instants)).advanced(byDays: random.below(20))
            return .instant(zone.start(of: date.advanced(byDays: 1)))
        case .enumeration(let name):
            return .symbol(random.pick(vocabulary.enumerations[name]?.cases.map(\.name) ?? [""]))
        case .entity(let kind):
            let known = ids(of: kind).filter { $0.name != "nobody" }
            return .entity(random.pick(known))
        case .set(let member):
            return .set(of: (0..<random.below(4)).map { _ in value(of: member, &random) })
        }
    }
}

extension RandomWorld {
    /// Before anything else happens.
    var beginning: Instant { zone.start(of: CivilDate(daysSinceEpoch: 20_454)) }
}
