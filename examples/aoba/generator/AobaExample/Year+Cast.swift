// The year of the people whom the demonstration and the documentation call by name.
extension Year {
    mutating func playCast() {
        record(
            "transferred", on: Self.spring, id: "hr-2026-tanaka-transfer",
            ["person": .text("tanaka"), "to": .text("sales"), "role": .text("member")])
        change("tanaka") { $0.posts.append((from: Self.spring, department: "sales")) }

        addCastMembers()
        let bound = ["sato", "ito", "suzuki", "kato", "takahashi", "yamamoto", "watanabe"]
        for uid in bound {
            let last: Day = uid == "sato" ? "2027-12-31" : "2027-03-31"
            record(
                "pledge-signed", Moment(day: "2025-12-02", minute: 600),
                ["person": .text(uid), "until": .day(last)])
            record(
                "training-completed", Moment(day: "2025-12-03", minute: 1_020),
                ["person": .text(uid), "until": .day(last)])
        }
        for uid in ["sato", "ito", "suzuki", "kato"] {
            record(
                "check-consented", Moment(day: "2025-12-04", minute: 615),
                ["person": .text(uid), "check": .text("core-check")])
            record(
                "check-passed", Moment(day: "2025-12-18", minute: 900),
                ["person": .text(uid), "check": .text("core-check")])
        }
        record(
            "second-post-taken", on: Self.first, id: "hr-2025-kobayashi-second-post",
            [
                "person": .text("kobayashi"), "department": .text("intellectual-property"),
                "role": .text("member"),
            ])
        leaveCast()
    }

    private mutating func addCastMembers() {
        join("sato", "lithium", Moment(day: "2025-12-01", minute: 570))
        join("ito", "lithium", Moment(day: "2025-12-01", minute: 570))
        join("suzuki", "lithium", Moment(day: "2025-12-02", minute: 570))
        join("kato", "solid", Moment(day: "2025-12-02", minute: 585))
        join("watanabe", "solid", Moment(day: "2025-12-05", minute: 585))
        join("yamamoto", "kyoto", Moment(day: "2025-12-08", minute: 600))
        join("kimura", "kyoto", Moment(day: "2025-12-08", minute: 600), consented: false)
    }

    /// Suzuki gives notice, Ito travels.
    private mutating func leaveCast() {
        let notice: Day = "2026-10-15"
        record(
            "gave-notice", on: notice, id: "hr-2026-suzuki-notice",
            [
                "person": .text("suzuki"), "last-day": .day(Self.last),
                "handover": .list(["drawing-8", "cell-sample-1"]),
            ])
        change("suzuki") { life in
            life.notice = notice
            life.until = Self.last + 1
        }
        record(
            "travelled", on: "2026-11-16", id: "hr-2026-ito-travel",
            [
                "person": .text("ito"), "country": .text("US"), "purpose": .text("business"),
                "until": .text("2026-11-27"),
            ])
        change("ito") { $0.away.append("2026-11-16"..<"2026-11-28") }
    }
}
