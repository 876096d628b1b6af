import NeedToKnow

/// What people's changes change, in a company of a hundred thousand people and a million documents.
struct Plans {
    private static let people = 100_000
    private static let departments = 2_000
    private static let projects = 20_000
    private static let documents = 1_000_000
    private static let name = "100,000 people × 1,000,000 documents"

    private static let policy = """
        policy company version "1" zone "UTC"
        use standard
        define company = organisation "us"
        scale tier { open < internal < departmental < secret }
        category core, security
        enumeration role { engineer, manager }
        check core-check { covers {core}  lasts 2 years }

        define staff  = some e in subject.engagements where e.kind = employee
        define member = some m in subject.memberships where m.project in resource.projects and m.approved

        permit house: view on document(tier = internal) when staff
        permit unit: view, edit on document(tier = departmental)
          when some p in subject.posts where p.department below resource.owner
        permit project: view, edit on document(tier <= secret) when member
        permit printing: print on document(tier <= secret)
          when member and (some p in subject.posts where p.role = manager and p.department = resource.owner)
        permit tail: view on document(tier = departmental)
          when subject.moved-from(resource.owner) within 14 days
        require readable: print, edit on document only if subject may view resource
        require cleared: any on document(category any {core}) only if subject passed core-check
        require notice: any on document(tier > internal) when subject on-notice
          only if some a in subject.assignments where a.kind = handover and resource in a.items
        require travel: any on document(tier > internal) when subject abroad
          only if not (resource.category any {core})
        """

    private let program: Program
    private let digest = ProgramDigest(hexadecimal: "00")
    private let facts: LiveFacts
    private let planner: Planner
    private static let now = Workload.now

    init() throws {
        let clock = ContinuousClock()
        let read = PolicyReader.read(
            [SourceText(name: "company.ntk", text: Self.policy)], findings: false,
            file: { _ in nil }, zone: { _ in .utc })
        guard let checked = read.policy else {
            fatalError("the policy has a mistake: \(read.diagnostics.prefix(3))")
        }
        program = try ProgramTables(decoding: PolicyCompiler.compile(checked).encoded()).verified()
        let entries = Self.contents.enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "benchmark", content: $1)
        }
        let begin = clock.now
        facts = LiveFacts(entries, vocabulary: checked.vocabulary, zone: checked.zone)
        print("\(Self.name): \(entries.count) entries folded in \(clock.now - begin)")
        let made = clock.now
        let engine = DecisionEngine(
            program: program, facts: facts.facts, digest: digest, assumingReadingsFrom: Self.now)
        print("\(Self.name): laid out in \(clock.now - made)")
        let prepared = clock.now
        planner = try Planner(engine, since: Self.now)
        print("\(Self.name): plans prepared for in \(clock.now - prepared)")
    }

    func run() throws {
        print(
            "\(Self.name): the process takes \(ProcessMemory.text(ProcessMemory.bytes("VmRSS"))), "
                + "the ledger's entries among it")
        var stream = Workload.Stream(state: 20_261_124)
        try measure("one transfer", rounds: 100) { [Self.transfer($0, &stream)] }
        try measure("one departure", rounds: 20) { [Self.departure($0, &stream)] }
        try measure("one notice with a hand-over set", rounds: 20) { [Self.notice($0, &stream)] }
        try measure("one document put into a higher tier", rounds: 3) { _ in
            [Self.promotion(&stream)]
        }
        try measure("a reorganisation that moves 10,000", rounds: 3) { round in
            var moves: [LedgerEntry.Content] = []
            for place in 0..<10_000 {
                moves.append(
                    Self.transfer(round * 10_000 + place, person: place * 10, &stream))
            }
            return moves
        }
        print(
            "\(Self.name): at most \(ProcessMemory.text(ProcessMemory.bytes("VmHWM"))) at once")
    }

    private func measure(
        _ what: String, rounds count: Int, _ contents: (Int) -> [LedgerEntry.Content]
    ) throws {
        let rounds = (0..<count).map(contents)
        var rows = 0
        var resources = 0
        var failure: (any Error)?
        let timing = Timing.each(of: rounds) { contents in
            let entries = contents.enumerated().map {
                LedgerEntry(
                    sequence: facts.sequence + 1 + Int64($0), source: "hr", content: $1)
            }
            let change = facts.change(by: entries)
            guard change.problems.isEmpty else { fatalError("\(change.problems.prefix(3))") }
            do {
                let plan = try planner.plan(of: change, for: contents.compactMap(\.event))
                rows += plan.rows.count
                resources += plan.rows.reduce(0) { $0 + $1.resources.count }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        report(
            "\(Self.name), \(what) (\(rows / rounds.count) rows, \(resources / rounds.count) documents)",
            timing)
    }

    // MARK: The company

    private static func id(_ kind: String, _ number: Int) -> EntityID {
        EntityID(kind: kind, name: "\(kind.first ?? "x")\(number)")
    }

    private static func stated(
        _ id: EntityID, kind: String, owner: EntityID? = nil, _ attributes: [String: Value]
    ) -> LedgerEntry.Content {
        .observation(
            Observation(
                entity: id, kind: kind, owner: owner, attributes: attributes,
                effective: .distantPast))
    }

    private static var contents: [LedgerEntry.Content] {
        var stream = Workload.Stream(state: 20_261_123)
        var contents = [
            stated(EntityID(kind: "organisation", name: "us"), kind: "organisation", [:])
        ]
        for number in 0..<departments {
            // Eight below each, four levels.
            let parents: [Value] = number == 0 ? [] : [.entity(id("department", (number - 1) / 8))]
            contents.append(
                stated(id("department", number), kind: "department", ["parents": .set(parents)]))
        }
        for number in 0..<projects {
            contents.append(stated(id("project", number), kind: "project", [:]))
        }
        for number in 0..<people {
            let person = id("person", number)
            contents.append(stated(person, kind: "person", [:]))
            contents.append(
                stated(
                    id("engagement", number), kind: "engagement", owner: person,
                    ["kind": .symbol("employee")]))
            contents.append(
                stated(
                    id("post", number), kind: "post", owner: person,
                    [
                        "department": .entity(id("department", stream.below(departments))),
                        "role": .symbol(stream.percent(10) ? "manager" : "engineer"),
                    ]))
            for place in 0..<2 {
                contents.append(
                    stated(
                        id("membership", number * 2 + place), kind: "membership", owner: person,
                        [
                            "project": .entity(id("project", stream.below(projects))),
                            "approved": .boolean(true),
                        ]))
            }
        }
        for number in 0..<documents {
            contents.append(
                stated(
                    id("resource", number), kind: "document",
                    [
                        "tier": .symbol(
                            ["internal", "departmental", "departmental", "secret"][stream.below(4)]),
                        "category": .set(stream.percent(5) ? [.symbol("core")] : []),
                        "owner": .entity(id("department", stream.below(departments))),
                        "projects": .set([.entity(id("project", stream.below(projects)))]),
                    ]))
        }
        return contents
    }

    // MARK: What happens

    private static let tomorrow = now.advanced(bySeconds: 43_200)

    private static func event(
        _ name: String, _ number: Int, _ fields: [String: Value]
    ) -> LedgerEntry.Content {
        .event(Event(id: "\(name)-\(number)", name: name, effective: tomorrow, fields: fields))
    }

    private static func transfer(
        _ number: Int, person: Int? = nil, _ stream: inout Workload.Stream
    ) -> LedgerEntry.Content {
        event(
            "transferred", number,
            [
                "person": .entity(id("person", person ?? stream.below(people))),
                "to": .entity(id("department", stream.below(departments))),
                "role": .symbol("engineer"),
            ])
    }

    private static func departure(_ number: Int, _ stream: inout Workload.Stream)
        -> LedgerEntry.Content
    {
        event("departed", number, ["person": .entity(id("person", stream.below(people)))])
    }

    private static func notice(_ number: Int, _ stream: inout Workload.Stream)
        -> LedgerEntry.Content
    {
        event(
            "gave-notice", number,
            [
                "person": .entity(id("person", stream.below(people))),
                "last-day": .instant(tomorrow.advanced(bySeconds: 30 * 86_400)),
                "handover": .set([.entity(id("resource", stream.below(documents)))]),
            ])
    }

    private static func promotion(_ stream: inout Workload.Stream) -> LedgerEntry.Content {
        stated(
            id("resource", stream.below(documents)), kind: "document", ["tier": .symbol("secret")])
    }
}

extension LedgerEntry.Content {
    fileprivate var event: Event? {
        if case .event(let event) = self { event } else { nil }
    }
}
