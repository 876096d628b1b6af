import Facts

/// Writes the ledger of a small company: people, departments, resources and what happens to them.
///
/// Typed by the vocabulary, so that every kind, record and event of a policy turns up, and careless of
/// sense: events about people who are not there yet, late ones, and corrections.
struct RandomCompany {
    let world: RandomWorld
    private var entries: [LedgerEntry] = []

    init(world: RandomWorld) { self.world = world }

    /// The ledger of a company; where it `isRestless`, sources state other values all the time.
    static func ledger(
        of world: RandomWorld, isRestless: Bool, _ random: inout SplitMix64
    ) -> [LedgerEntry] {
        var company = RandomCompany(world: world)
        company.stateEntities(&random)
        if isRestless { for _ in 0..<3 { company.stateEntities(&random) } }
        company.stateRecords(&random)
        company.employ(&random)
        for index in 0..<(5 + random.below(10)) { company.happen(index, &random) }
        for source in ["directory", "hr"] where random.chance(85) {
            let instants = [world.beginning] + random.some(world.instants, atLeast: 1)
            for instant in instants {
                company.record(.reading(at: instant), source: source)
            }
        }
        for _ in 0..<random.below(3) where random.chance(50) {
            company.record(.correction(voiding: "e\(random.below(10))"))
        }
        return company.entries
    }

    private mutating func record(_ content: LedgerEntry.Content, source: String = "hr") {
        entries.append(
            LedgerEntry(sequence: Int64(entries.count + 1), source: source, content: content))
    }

    // MARK: What sources state

    private mutating func stateEntities(_ random: inout SplitMix64) {
        for (id, kind) in world.entities {
            guard random.chance(97) else { continue }
            let first = random.chance(92) ? world.beginning : random.pick(world.instants)
            state(id, kind, owner: nil, at: first, &random)
            if random.chance(30) {
                state(id, kind, owner: nil, at: random.pick(world.instants), &random)
            }
            if random.chance(10) {
                withdraw(id, kind, at: random.pick(world.instants))
                if random.chance(50) {
                    state(id, kind, owner: nil, at: random.pick(world.instants), &random)
                }
            }
        }
    }

    private mutating func stateRecords(_ random: inout SplitMix64) {
        for kind in world.vocabulary.kinds {
            guard let ownership = kind.ownership else { continue }
            for id in world.ids(of: kind.name) where random.chance(45) {
                let owner = random.pick(world.ids(of: ownership.owner))
                let first = random.chance(60) ? world.beginning : random.pick(world.instants)
                state(id, kind.name, owner: owner, at: first, &random)
                if random.chance(40) { withdraw(id, kind.name, at: random.pick(world.instants)) }
                if random.chance(20) {
                    state(id, kind.name, owner: owner, at: random.pick(world.instants), &random)
                }
            }
        }
    }

    private mutating func state(
        _ id: EntityID, _ kind: String, owner: EntityID?, at instant: Instant,
        _ random: inout SplitMix64
    ) {
        var attributes: [String: Value] = [:]
        for attribute in Array(world.vocabulary.kinds[kind]?.attributes ?? [])
        where random.chance(80) {
            attributes[attribute.name] = world.value(of: attribute.type, &random)
        }
        // Parents come earlier in the alphabet, so that no department is above itself.
        if case .set(let parents) = attributes["parents"] {
            attributes["parents"] = .set(
                of: parents.filter { parent in parent.reference.map { $0.name < id.name } ?? false }
            )
        }
        record(
            .observation(
                Observation(
                    entity: id, kind: kind, owner: owner, attributes: attributes, effective: instant
                )),
            source: random.chance(80) ? "directory" : "hr")
    }

    private mutating func withdraw(_ id: EntityID, _ kind: String, at instant: Instant) {
        record(
            .observation(Observation(entity: id, kind: kind, attributes: nil, effective: instant)),
            source: "directory")
    }

    // MARK: What happens

    /// Most people are engaged and hold a post, so that there is something to change.
    private mutating func employ(_ random: inout SplitMix64) {
        for id in world.ids(of: "person") where random.chance(85) && id.name != "nobody" {
            var fields: [String: Value] = [
                "person": .entity(id), "kind": .symbol(random.pick(["employee", "student"])),
            ]
            if random.chance(80) {
                fields["department"] = world.value(of: .entity("department"), &random)
                fields["role"] = world.value(of: .enumeration("role"), &random)
            }
            record(
                .event(
                    Event(
                        id: "join-\(id.name)", name: "joined", effective: world.beginning,
                        fields: fields)))
            if random.chance(50) { transfer(id, &random) }
        }
    }

    private mutating func transfer(_ id: EntityID, _ random: inout SplitMix64) {
        let fields: [String: Value] = [
            "person": .entity(id), "to": world.value(of: .entity("department"), &random),
        ]
        record(
            .event(
                Event(
                    id: "move-\(id.name)", name: "transferred",
                    effective: random.pick(world.instants), fields: fields)))
    }

    private mutating func happen(_ index: Int, _ random: inout SplitMix64) {
        let often = [
            "transferred", "transferred", "relocated", "check-passed", "check-consented",
            "reclassified",
            "member-added",
        ]
        let declaration =
            random.chance(40)
            ? world.vocabulary.events[random.pick(often)]
            : random.pick(Array(world.vocabulary.events))
        guard let declaration else { return }
        var fields: [String: Value] = [:]
        for field in declaration.fields where !field.isOptional || random.chance(60) {
            fields[field.name] = world.value(of: field.type, &random)
        }
        record(
            .event(
                Event(
                    id: "e\(index)", name: declaration.name, effective: random.pick(world.instants),
                    fields: fields)))
    }
}
