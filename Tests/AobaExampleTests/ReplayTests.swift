import AobaExample
import Testing

@Suite struct ReplayTests {
    @Test(arguments: [Company.publishedSeed, 1, 2, 3, 4, 5])
    func noEventContradictsWhatWentBefore(seed: UInt64) throws {
        let example = try Example(seed: seed)
        var replay = Replay(example)
        replay.play(example.events)
        #expect(replay.contradictions == [])
    }

    /// Histories that cannot be, so that the replay is known to see it.
    static let impossible: [(complaint: String, events: [String])] = [
        (
            "acts after departure",
            ["departed 2026-01-05", "pledge-signed 2026-01-06 until=2027-01-01"]
        ),
        ("acts after departure", ["departed 2026-01-05", "departed 2026-01-06"]),
        (
            "is not the day after",
            ["gave-notice 2026-01-05 last-day=2026-01-31", "departed 2026-01-31"]
        ),
        (
            "is not the day after",
            ["gave-notice 2026-01-05 last-day=2026-01-31", "departed 2026-02-02"]
        ),
        (
            "acts after notice",
            ["gave-notice 2026-01-05 last-day=2026-01-31", "transferred 2026-01-06 to=hr"]
        ),
        ("leaves before", ["gave-notice 2026-01-05 last-day=2026-01-04"]),
        ("hands over without", ["handover-assigned 2026-01-05 until=2026-01-06"]),
        (
            "hands over after",
            [
                "gave-notice 2026-01-05 last-day=2026-01-31",
                "handover-assigned 2026-01-06 until=2026-02-01",
            ]
        ),
        ("is there already", ["transferred 2026-01-05 to=cells"]),
        ("is there already", ["transferred 2026-01-05 to=hr", "transferred 2026-01-06 to=hr"]),
        ("is there already", ["second-post-taken 2026-01-05 department=cells"]),
        (
            "is there already",
            [
                "second-post-taken 2026-01-05 department=hr",
                "second-post-taken 2026-01-06 department=hr",
            ]
        ),
        ("is there already", ["assigned-abroad 2026-01-05 department=cells"]),
        ("has no such post", ["second-post-left 2026-01-05 department=hr"]),
        (
            "has no such post",
            [
                "second-post-taken 2026-01-05 department=hr until=2026-01-06",
                "second-post-left 2026-01-07 department=hr",
            ]
        ),
        ("ends before it starts", ["travelled 2026-01-05 until=2026-01-04"]),
        (
            "is away already",
            ["travelled 2026-01-05 until=2026-01-09", "travelled 2026-01-09 until=2026-01-12"]
        ),
        (
            "acts while on leave",
            ["leave-started 2026-01-05", "check-consented 2026-01-09"]
        ),
        ("is not on leave", ["leave-ended 2026-01-05"]),
        ("goes back in time", ["leave-started 2026-01-05", "leave-ended 2026-01-04"]),
        ("does not run", ["member-added 2026-01-05 project=lithium"]),
        (
            "is a member already",
            [
                "project-started 2026-01-01 project=lithium",
                "member-added 2026-01-05 project=lithium",
                "member-added 2026-01-06 project=lithium",
            ]
        ),
        (
            "is no member",
            [
                "project-started 2026-01-01 project=lithium",
                "member-removed 2026-01-05 project=lithium",
            ]
        ),
        (
            "is no member",
            [
                "project-started 2026-01-01 project=lithium",
                "member-added 2026-01-05 project=lithium",
                "project-ended 2026-01-06 project=lithium",
                "member-removed 2026-01-07 project=lithium",
            ]
        ),
        (
            "has two engagements",
            [
                "project-started 2026-01-01 project=lithium", "seconded 2026-01-02 to=aoba-us",
                "member-added 2026-01-05 project=lithium",
            ]
        ),
        (
            "starts twice",
            [
                "project-started 2026-01-01 project=lithium",
                "project-started 2026-01-02 project=lithium",
            ]
        ),
        ("ends without running", ["project-ended 2026-01-01 project=lithium"]),
        (
            "has no pledge",
            ["pledge-signed 2026-01-05 until=2026-01-06", "pledge-lapsed 2026-01-07"]
        ),
        ("has no training", ["training-lapsed 2026-01-07"]),
        ("consents twice", ["check-consented 2026-01-05", "check-consented 2026-01-06"]),
        ("declines after", ["check-consented 2026-01-05", "check-declined 2026-01-06"]),
        ("is without consent", ["check-passed 2026-01-05"]),
        ("is without consent", ["check-declined 2026-01-04", "check-not-cleared 2026-01-05"]),
        ("withdraws no consent", ["check-withdrawn 2026-01-05"]),
        ("changes nothing", ["reclassified 2026-01-05 resource=drawing-7 tier=departmental"]),
        ("joins though known", ["joined 2026-01-05"]),
        ("nobody of that name", ["departed 2026-01-05 person=nobody"]),
        ("has no post to leave", ["transferred 2026-01-05 person=yamamoto to=hr"]),
        ("unknown event", ["promoted 2026-01-05"]),
    ]

    @Test(arguments: impossible)
    func anImpossibleHistoryIsSeen(complaint: String, events: [String]) throws {
        var replay = Replay(try Example.published.get())
        replay.play(try events.map(Self.occurrence))
        #expect(replay.contradictions.count == 1)
        #expect(replay.contradictions.first?.contains(complaint) == true)
    }

    /// `event day field=value …`, of tanaka unless said otherwise.
    private static func occurrence(_ text: String) throws -> Occurrence {
        let words = text.split(separator: " ")
        let fields = words.dropFirst(2).map { $0.split(separator: "=") }
        var members = [("event", words[0]), ("at", words[1])] + fields.map { ("\($0[0])", $0[1]) }
        if !fields.contains(where: { $0[0] == "person" }) {
            members.append(("person", "tanaka"))
        }
        let json = members.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
        return try Occurrence("{\(json)}")
    }
}
