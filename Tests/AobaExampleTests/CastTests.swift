import Testing

/// What happens to those whom the demonstration and the documentation call by name.
@Suite struct CastTests {
    let example: Example

    init() throws {
        example = try Example.published.get()
    }

    private func year(of person: String) -> [String] {
        example.events.filter { $0.person == person }.map { event in
            let details = event.fields.keys.sorted().filter { key in
                !["id", "event", "at", "person"].contains(key)
            }
            let values = details.map { key in
                switch event.fields[key] {
                case .text(let text): text
                case .flag(let flag): "\(key)=\(flag)"
                case .list(let list): list.joined(separator: "+")
                case nil: ""
                }
            }
            return ([event.day, event.name] + values).joined(separator: " ")
        }
    }

    @Test func tanakaIsTransferredAndNothingElse() throws {
        #expect(year(of: "tanaka") == ["2026-04-01 transferred member sales"])
        let event = try #require(example.events.first { $0.person == "tanaka" })
        #expect(event.id == "hr-2026-tanaka-transfer")
        #expect(event.at == "2026-04-01")
    }

    @Test func satoWorksOnLithiumAllYear() {
        #expect(
            year(of: "sato") == [
                "2025-12-01 member-added approved=true consented=true lithium",
                "2025-12-02 pledge-signed 2027-12-31",
                "2025-12-03 training-completed 2027-12-31",
                "2025-12-04 check-consented core-check",
                "2025-12-18 check-passed core-check",
            ])
    }

    @Test func suzukiGivesNotice() {
        #expect(
            year(of: "suzuki").last
                == "2026-10-15 gave-notice drawing-8+cell-sample-1 2026-11-30")
    }

    @Test func itoTravels() {
        #expect(year(of: "ito").last == "2026-11-16 travelled US business 2026-11-27")
        #expect(year(of: "ito").count { $0.contains("travelled") } == 1)
    }

    @Test func katoIsCleared() {
        #expect(year(of: "kato").contains("2025-12-18 check-passed core-check"))
        #expect(!year(of: "kato").contains { $0.contains("withdrawn") })
    }

    @Test func oneStudentConsentsAndAnotherDoesNot() {
        #expect(
            year(of: "yamamoto") == [
                "2025-12-02 pledge-signed 2027-03-31",
                "2025-12-03 training-completed 2027-03-31",
                "2025-12-08 member-added approved=true consented=true kyoto",
            ])
        #expect(
            year(of: "kimura") == ["2025-12-08 member-added approved=true consented=false kyoto"])
    }

    @Test func kobayashiHoldsTwoPostsAllYear() {
        #expect(
            year(of: "kobayashi")
                == ["2025-12-01 second-post-taken intellectual-property member"])
    }

    @Test func rankAloneGivesNothing() {
        #expect(year(of: "mori").isEmpty)
        #expect(year(of: "saito").isEmpty)
        #expect(!year(of: "takahashi").contains { $0.contains("member-added") })
    }
}
