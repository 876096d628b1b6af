import Testing

@Suite struct EventTests {
    let example: Example
    let vocabulary: Vocabulary

    init() throws {
        example = try Example.published.get()
        vocabulary = try Vocabulary()
    }

    @Test func aYearOfEvents() {
        #expect((600...1_000).contains(example.events.count))
        #expect(example.events.allSatisfy { $0.day >= "2025-12-01" && $0.day <= "2026-11-30" })
        #expect(Set(example.events.map(\.id)).count == example.events.count)
    }

    @Test func eventsAreSortedByTime() {
        let instant = /\d{4}-\d\d-\d\d(T\d\d:\d\d:00\+09:00)?/
        #expect(example.events.allSatisfy { $0.at.wholeMatch(of: instant) != nil })
        // A date is its first instant, and as text it stands before every instant of its day.
        #expect(zip(example.events, example.events.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    /// Partners, approvals and what is lent have scenarios beside the policy, and no events in the example's year; neither
    /// have changes of contracts, resources and departments, or freezes.
    private static let withoutExample: Set<String> = [
        "stage-reached", "agreement-signed", "agreement-ended", "risk-rated", "approved",
        "approval-withdrawn", "licence-granted", "device-lent", "device-returned",
        "violation-recorded", "violation-cleared", "side-job-declared", "side-job-ended",
        "acting-post-taken", "acting-post-left", "promoted", "secondment-ended", "seconded-in",
        "secondment-in-ended",
        "engagement-changed", "engagement-ended", "kept-on", "travel-planned", "travel-ended",
        "travel-cancelled", "foreign-assignment-ended", "check-lapsed", "notice-withdrawn",
        "control-changed", "partner-listed", "partner-delisted", "device-lost", "device-found",
        "document-created", "sample-created", "declassified", "moved-to-owner",
        "department-created", "department-renamed", "department-moved", "department-closed",
        "department-merged", "department-split", "re-hired",
        "withdrawal-started", "withdrawal-ended", "person-frozen", "person-released",
        "resource-frozen", "resource-released",
    ]

    @Test func everyKindOfEventOccurs() {
        #expect(vocabulary.events.count >= 26)
        #expect(
            Set(example.events.map(\.name)).union(Self.withoutExample)
                == Set(vocabulary.events.keys))
    }

    @Test func fieldsAreTheVocabularysInItsOrder() throws {
        for event in example.events {
            let fields = try #require(vocabulary.events[event.name], "\(event.name)")
            let present = fields.filter { event.fields[$0.name] != nil || !$0.isOptional }
            #expect(event.keys == ["id", "event", "at"] + present.map(\.name), "\(event.line)")
        }
    }

    @Test func everyValueIsOfItsTypeAndEveryReferenceResolves() throws {
        var known = vocabulary.cases
        known["person"] = Set(example.people.compactMap { $0.value("uid") })
            .union(example.events.filter { $0.name == "joined" }.compactMap(\.person))
        known["department"] = Set(example.departments.compactMap { $0.value("ou") })
        known["organisation"] = Set(example.organisations.compactMap { $0["id"] })
        known["resource"] = Set(example.resources.compactMap { $0["id"] })
        known["check"] = ["core-check"]
        known["project"] = Set(
            example.events.filter { $0.name == "project-started" }
                .compactMap { $0.text("project") })
        for event in example.events {
            for field in try #require(vocabulary.events[event.name]) {
                guard let value = event.fields[field.name] else { continue }
                #expect(Self.fits(value, field.type, known), "\(field.name) in \(event.line)")
            }
        }
    }

    private static func fits(
        _ value: Occurrence.Value, _ type: String, _ known: [String: Set<String>]
    ) -> Bool {
        switch (value, type) {
        case (.flag, "boolean"): true
        case (.text(let text), "text"): !text.isEmpty
        case (.text(let text), "last-day"): text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        case (.text(let text), _): known[type]?.contains(text) == true
        case (.list(let list), _):
            Set(list).count == list.count && type.hasPrefix("set of ")
                && known[String(type.dropFirst(7))]?.isSuperset(of: list) == true
        default: false
        }
    }

    @Test func transfersAndJoinersComeWithTheYearsHalves() {
        func count(_ name: String, _ day: String) -> Int {
            example.events.count { $0.name == name && $0.day == day }
        }
        #expect(count("transferred", "2026-04-01") >= 30)
        #expect(count("transferred", "2026-10-01") >= 15)
        #expect(count("joined", "2026-04-01") >= 15)
    }

    @Test func pledgesAndTrainingsExpireToo() {
        for name in ["pledge-signed", "training-completed"] {
            let signed = example.events.filter { $0.name == name }
            let expired = signed.filter { event in
                let last = event.text("until") ?? ""
                let isRenewed = signed.contains { other in
                    other.person == event.person && other.at > event.at
                }
                return last <= "2026-11-30" && !isRenewed
            }
            #expect(expired.count >= 5)
        }
    }

    @Test func whoJoinsIsNew() {
        let before = Set(example.people.compactMap { $0.value("uid") })
        let joined = example.events.filter { $0.name == "joined" }.compactMap(\.person)
        #expect(Set(joined).count == joined.count)
        #expect(before.isDisjoint(with: joined))
    }

    @Test func someMembersLackApprovalOrConsent() {
        let added = example.events.filter { $0.name == "member-added" }
        let unapproved = added.count { $0.fields["approved"] == .flag(false) }
        let unconsenting = added.count { $0.fields["consented"] == .flag(false) }
        #expect((2...20).contains(unapproved))
        #expect((2...20).contains(unconsenting))
    }
}
