import Foundation
import TestSupport
import Testing

/// The path of the demo: what it shows, asserted.
@Suite("The main job on the example company")
struct AobaPathTests {
    @Test("is checked, imported, asked and planned")
    func wholePath() async throws {
        let ntk = try NTK()

        let check = try await ntk.run("check", "policies/aoba.ntk")
        #expect(check.status == 0)
        #expect(check.stderr == "")
        let scenarios = try await ntk.run("test", "policies/aoba.ntk")
        #expect(scenarios.status == 0)
        #expect(scenarios.stdout.contains("19 passed, 0 failed"))

        let imported = try await ntk.importAoba()
        #expect(imported.status == 0, "\(imported.stderr)")
        #expect(imported.stdout == "recorded 4847, known already 0, ledger sequence 4848\n")
        let again = try await ntk.importAoba()
        #expect(again.stdout == "recorded 0, known already 939, ledger sequence 4848\n")

        try await decisions(ntk)
        try await brought(ntk)
        try await disclosure(ntk)
        try await reverseQuestions(ntk)
        try await plans(ntk)
        try await snapshots(ntk)
        try await history(ntk)
        try await whatIf(ntk)
        try await recordedEvent(ntk)
    }

    private func whatIf(_ ntk: NTK) async throws {
        let move =
            #"{"id":"x1","event":"gave-notice","at":"2026-12-01","person":"sato","last-day":"2027-01-31"}"#
        let other =
            #"{"id":"x2","event":"transferred","at":"2026-12-01","person":"tanaka","to":"cells","role":"member"}"#
        let events = try ntk.file("what-if.jsonl", move + "\n" + other + "\n")
        let plan = try await ntk.run("plan", events)
        #expect(plan.status == 0, "\(plan.stderr)")
        #expect(plan.stdout.contains("GROUPS: what changes in other systems (1)"))
        #expect(plan.stdout.contains("from 2026-12-01: sato (佐藤 美咲) leaves"))
        #expect(plan.stdout.contains("tanaka (田中 健一)"))
        let json = try await ntk.run("plan", events, "--json")
        #expect(json.stdout.contains("\"sequence\" : 4848"))
        let lines = try await ntk.run("plan", events, "--csv")
        #expect(
            lines.stdout.contains(
                "leave,sato,,\"cn=lithium-secret,ou=groups,dc=aoba,dc=example\",2026-12-01T00:00:00+09:00,"
            ))
        let bad = try ntk.file("bad.jsonl", move.replacing("sato", with: "nobody") + "\n")
        let refused = try await ntk.run("plan", bad)
        #expect(refused.status == 3)
        #expect(refused.stderr.contains("no person `nobody` is known"))

        let due = try await ntk.run(
            "plan", "--from", "2026-03-31", "--due", "2026-04-20", "--person", "tanaka")
        #expect(due.status == 0)
        #expect(due.stdout.contains("from 2026-04-15: discover, view"))
        let nothing = try await ntk.run(
            "plan", "--from", "2026-12-01", "--due", "2026-12-02", "--person", "tanaka", "--lang",
            "ja")
        #expect(nothing.stdout == "変わるものはありません\n")
        let both = try await ntk.run("plan", events, "--due", "2026-12-31")
        #expect(both.status == 2)
        let log = try await ntk.run("log", "head")
        #expect(log.stdout.hasPrefix("4848 "), "nothing was recorded")
    }

    private func history(_ ntk: NTK) async throws {
        let list = try await ntk.run("log", "--limit", "2")
        #expect(list.status == 0, "\(list.stderr)")
        #expect(list.stdout.hasPrefix("4848  "))
        #expect(list.stdout.split(separator: "\n").count == 2)
        let head = try await ntk.run("log", "head")
        #expect(head.stdout.hasPrefix("4848 "))
        let kept = try ntk.file("head", head.stdout)
        let whole = try await ntk.run("log", "verify", "--head", kept)
        #expect(whole.status == 0)
        #expect(whole.stdout == "4848 entries, as recorded\n")
        let other = try ntk.file("other", "4900 \(head.stdout.dropFirst(5))")
        let cut = try await ntk.run("log", "verify", "--head", other, "--lang", "ja")
        #expect(cut.status == 1)
        #expect(cut.stdout == "台帳は通番 4848 で終わっていますが、書き出し時には 4900 までありました\n")
        let none = try await ntk.run("log", "verify", "--head", "README.md")
        #expect(none.status == 3)
        #expect(none.stderr.contains("holds no head"))
    }

    private func snapshots(_ ntk: NTK) async throws {
        let (snapshot, program) = (ntk.folder.path("s"), ntk.folder.path("p"))
        let made = try await ntk.run("snapshot", "make", snapshot, "--program", program)
        #expect(made.status == 0, "\(made.stderr)")
        #expect(made.stdout.contains("facts of sequence 4848"))
        let whole = try await ntk.run("snapshot", "check", snapshot, "--program", program)
        #expect(whole.stdout == made.stdout)
        let json = try await ntk.run("snapshot", "check", snapshot, "--program", program, "--json")
        #expect(json.stdout.contains("\"sequence\" : 4848"))
        var bytes = try Data(contentsOf: URL(filePath: snapshot))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: snapshot))
        let damaged = try await ntk.run(
            "snapshot", "check", snapshot, "--program", program, "--lang", "ja")
        #expect(damaged.status == 3)
        #expect(damaged.stderr.contains("スナップショットが壊れています"))
    }

    private func decisions(_ ntk: NTK) async throws {
        let before = try await ntk.run("can", "tanaka", "view", "drawing-7", "--at", "2026-03-31")
        #expect(before.status == 0)
        #expect(before.stdout.hasPrefix("PERMIT  tanaka (田中 健一) view drawing-7"))
        #expect(before.stdout.contains("unit permits it"))
        #expect(before.stdout.contains("department = cells"))
        #expect(before.stdout.contains("holds until: 2026-04-01"))

        let during = try await ntk.run("can", "tanaka", "view", "drawing-7", "--at", "2026-04-14")
        #expect(during.status == 0)
        #expect(during.stdout.contains("tail permits it"))

        let after = try await ntk.run("can", "tanaka", "view", "drawing-7", "--at", "2026-04-15")
        #expect(after.status == 1)
        #expect(after.stdout.hasPrefix("DENY"))
        #expect(after.stdout.contains("no permit gives a reason"))

        let japanese = try await ntk.run(
            "can", "tanaka", "view", "drawing-7", "--at", "2026-04-15", "--lang", "ja")
        #expect(japanese.status == 1)
        #expect(japanese.stdout.hasPrefix("不許可  tanaka (田中 健一)"))
        #expect(japanese.stdout.contains("許可の根拠となる規則がありません"))
        let locale = try await ntk.run(
            "can", "tanaka", "view", "drawing-7", "--at", "2026-03-31", language: "ja_JP.UTF-8")
        #expect(locale.stdout.hasPrefix("許可"))

        let json = try await ntk.run(
            "can", "tanaka", "view", "drawing-7", "--at", "2026-04-15", "--json")
        let object =
            try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any]
        #expect(object?["decision"] as? String == "deny")
        #expect(object?["basis"] as? String == "noPermit")
    }

    private func brought(_ ntk: NTK) async throws {
        let found = ["can", "tanaka", "view", "found.pdf", "--at", "2026-03-31"]
        let unknown = try await ntk.run(found + ["--bring", "tier=internal"])
        #expect(unknown.status == 1)
        #expect(unknown.stdout.contains("is not known"))
        let whole = try await ntk.run(
            found + [
                "--bring-kind", "document", "--bring", "tier=internal", "--bring", "category=",
            ])
        #expect(whole.status == 0)
        #expect(whole.stdout.contains("house permits it"))
        let known = ["can", "tanaka", "view", "drawing-7", "--at", "2026-03-31"]
        let stricter = try await ntk.run(known + ["--bring", "tier=secret"])
        #expect(stricter.status == 1)
        let lower = try await ntk.run(known + ["--bring", "tier=open"])
        #expect(lower.stdout.contains("unit permits it"))
        let other = try await ntk.run(known + ["--bring", "owner=sales"])
        #expect(other.status == 2)
        #expect(other.stderr.contains("tier, category"))
    }

    private func disclosure(_ ntk: NTK) async throws {
        let asked = ["can", "sato", "view", "lithium-recipe", "--at", "2026-06-01"]
        let everybody = try await ntk.run(asked)
        #expect(everybody.stdout.contains("holds until: not disclosed"))
        let entitled = try await ntk.run(asked + ["--purpose", "checks"])
        #expect(entitled.stdout.contains("holds until: 2026-06-01T"))
        let unknown = try await ntk.run(asked + ["--purpose", "curiosity"])
        #expect(unknown.status == 2)
        #expect(unknown.stderr.contains("checks, screening"))
        let denied = try await ntk.run("can", "tanaka", "view", "drawing-7", "--at", "2026-04-15")
        #expect(denied.stdout.contains("would be permitted with:"))
        #expect(denied.stdout.contains("department = battery"))
    }

    private func reverseQuestions(_ ntk: NTK) async throws {
        let people = try await ntk.run("who-can", "view", "lithium-recipe", "--at", "2026-06-01")
        #expect(people.status == 0)
        let names = people.stdout.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(names.contains("sato"))
        #expect(!names.contains("tanaka"))
        for name in names {
            let asked = try await ntk.run(
                "can", String(name), "view", "lithium-recipe", "--at", "2026-06-01")
            #expect(asked.status == 0)
        }
        let before = try await ntk.run("what-can", "tanaka", "edit", "--at", "2026-03-31")
        #expect(before.stdout.contains("drawing-7"))
        let after = try await ntk.run("what-can", "tanaka", "edit", "--at", "2026-04-01")
        #expect(!after.stdout.contains("drawing-7"))
    }

    private func plans(_ ntk: NTK) async throws {
        let transfer = try await ntk.run(
            "event", "transfer", "sato", "--to", "sales", "--role", "member", "--on", "2026-12-01",
            "--dry-run")
        #expect(transfer.status == 0, "\(transfer.stderr)")
        #expect(transfer.stdout.contains("REVOKE"))
        #expect(
            transfer.stdout.contains("from 2026-12-15: discover, view"),
            "reading ends after fourteen days")
        #expect(transfer.stdout.contains("on other grounds (314 pairs of action and item); --keep"))
        let kept = try await ntk.run(
            "event", "transfer", "sato", "--to", "sales", "--role", "member", "--on", "2026-12-01",
            "--dry-run", "--keep")
        #expect(kept.stdout.contains("had by unit, now by tail [3.1.8]"))
        #expect(transfer.stdout.contains("GRANT"))

        let notice = try await ntk.run(
            "event", "resign", "sato", "--last-day", "2027-01-31", "--handover",
            "drawing-8,lithium-recipe", "--on", "2026-12-01", "--dry-run", "--csv")
        #expect(notice.status == 0, "\(notice.stderr)")
        let rows = notice.stdout.split(separator: "\r\n")
        #expect(
            rows.first?.hasPrefix(
                "change,subject,action,resource,from,until,before,after,in-the-way,")
                == true)
        #expect(
            rows.contains { $0.hasPrefix("revoke,sato,view,drawing-8,2027-02-01T00:00:00+09:00") },
            "what is handed over stays until the last day")
        #expect(
            !rows.contains { $0.hasPrefix("revoke,sato,view,drawing-8,2026-12-01") })
        #expect(rows.contains { $0.contains(",notice,") })
        let unchanged = try await ntk.run("can", "sato", "edit", "drawing-8", "--at", "2026-12-02")
        #expect(unchanged.status == 0, "a dry run records nothing")
    }

    private func recordedEvent(_ ntk: NTK) async throws {
        let recorded = try await ntk.run(
            "event", "transfer", "sato", "to=sales", "role=member", "--on", "2026-12-01", "--id",
            "test-1")
        #expect(recorded.status == 0)
        #expect(recorded.stderr.contains("recorded as test-1, sequence 4849"))
        let after = try await ntk.run("can", "sato", "edit", "drawing-8", "--at", "2026-12-02")
        #expect(after.status == 1)
        let known = try await ntk.run(
            "can", "sato", "edit", "drawing-8", "--at", "2026-12-02", "--known-at", "4848")
        #expect(known.status == 0, "as known before, the transfer had not been reported")
    }
}
