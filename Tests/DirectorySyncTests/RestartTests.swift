import DirectorySync
import Facts
import Foundation
import LDAPClient
import Ledger
import SlapdSupport
import TestSupport
import Testing

@Suite("A directory that is killed and started again", .serialized)
struct RestartTests {
    private func names(_ range: ClosedRange<Int>) -> String {
        range.map { Readings.person("p\($0)") }.joined(separator: "\n")
    }

    @Test("names what is there where it no longer knows what is gone")
    func sessionLogLost() async throws {
        let server = try PrivateSlapd(sessionLog: 100)
        let readings = try Readings(names(1...5), in: server.slapd)
        try await readings.read()
        try server.slapd.change("dn: \(readings.name("p1"))\nchangetype: delete\n")
        server.signal(SIGKILL)
        try server.start()
        try server.slapd.change(
            "dn: \(readings.name("p2"))\nchangetype: modify\nreplace: cn\ncn: changed\n")
        let (answer, reading) = try await readings.read()
        #expect(answer.receipt.searches.map(\.way) == [.changes])
        #expect(answer.receipt.searches.first?.gone == 1)
        #expect(reading.observations.map(\.entity.name) == ["p2", "p3", "p4", "p5"])
        #expect(reading.observations.first?.attributes?["name"] == .text("changed"))
    }

    @Test("that falls silent meets the time limit, and what was kept stays")
    func silent() async throws {
        let server = try PrivateSlapd()
        let readings = try Readings(names(1...3), in: server.slapd)
        try await readings.read()
        server.signal(SIGSTOP)
        let mapping = readings.mapping
        let slow = try LDAPServer(url: server.slapd.url, operationTimeout: .seconds(1))
        let credential = server.slapd.credential
        let error = await #expect(throws: DirectoryError.self) {
            try await ServerReading(of: slow, as: credential, mapping: mapping)
                .answer(within: .seconds(60))
        }
        guard case .server(let cause) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(cause.kind == .timedOut)
        server.signal(SIGCONT)
        #expect(try await readings.read().answer.receipt.searches.map(\.way) == [.changes])
    }

    @Test("that hides everything takes nothing from anyone")
    func hidden() async throws {
        let open = try PrivateSlapd()
        let readings = try Readings(names(1...12), in: open.slapd)
        let before = try await readings.read().reading
        let stated = Sample.stated(before.observations)
        // A reader whom the server lets see the base, and none of those below it.
        let server = try PrivateSlapd(
            more: [
                "access to filter=(objectClass=inetOrgPerson) by * none",
                "access to * by * read",
            ])
        let others = try Readings(names(1...12), in: server.slapd)
        let mapping = others.mapping
        let answer = try await ServerReading(
            of: server.slapd.server, as: .anonymous, mapping: mapping
        ).answer(within: .seconds(30))
        var state = DirectoryState(
            SourceCopy(), stated: stated, mapping: mapping, zone: Fixtures.tokyo)
        try state.take(answer, effective: Sample.now)
        let found = try state.entries()
        let reading = DirectoryReader.reading(
            of: found, mapping: mapping, zone: Fixtures.tokyo, effective: Sample.now)
        #expect(throws: DirectoryError.nothingRead) { try reading.changes(since: stated) }
    }

    @Test(
        "is what our copy says, after any changes and kills on both sides", arguments: [0, 30])
    func random(sessionLog: Int) async throws {
        var random = SplitMix64(seed: UInt64(sessionLog))
        let server = try PrivateSlapd(sessionLog: sessionLog)
        let readings = try Readings("", in: server.slapd)
        var model = Contents(base: readings.base, elsewhere: readings.elsewhere)
        for round in 0..<25 {
            let count = Int.random(in: 0...20, using: &random)
            let changes = model.changes(count, &random)
            if !changes.isEmpty { try server.slapd.change(changes) }
            if Int.random(in: 0..<8, using: &random) == 0 {
                server.signal(SIGKILL)
                try server.start()
            }
            let isKept = Int.random(in: 0..<4, using: &random) != 0
            try await readings.read(keeping: isKept)
            let said = Dictionary(
                uniqueKeysWithValues: readings.found.entries.compactMap { entry in
                    entry.uuid.map { ($0, entry.entry) }
                })
            let there = try await readings.entries()
            #expect(said == there, "round \(round), session log \(sessionLog)")
            #expect(said.count == model.here.count)
        }
        #expect(readings.compared > 5)
    }
}

/// What is in a directory, and changes of it that it can carry out.
private struct Contents {
    let base: String
    let elsewhere: String
    private(set) var here: [String] = []
    private var away: [String] = []
    private var count = 0

    init(base: String, elsewhere: String) {
        self.base = base
        self.elsewhere = elsewhere
    }

    mutating func changes(_ count: Int, _ random: inout SplitMix64) -> String {
        (0..<count).map { _ in change(&random) + "\n" }.joined(separator: "\n")
    }

    private func dn(_ id: String) -> String { "uid=\(id),ou=people,\(base)" }

    private mutating func change(_ random: inout SplitMix64) -> String {
        count += 1
        let new = "n\(count)"
        let kind = Int.random(in: 0..<7, using: &random)
        guard kind > 1, let index = here.indices.randomElement(using: &random) else {
            here.append(new)
            return Readings.person(new).replacing("BASE", with: base)
                .replacing("\nobjectClass", with: "\nchangetype: add\nobjectClass")
        }
        let id = here[index]
        switch kind {
        case 2, 3:
            return "dn: \(dn(id))\nchangetype: modify\nreplace: cn\ncn: \(new)\ncn: 田中 \(new)\n"
        case 4:
            here.remove(at: index)
            return "dn: \(dn(id))\nchangetype: delete\n"
        case 5:
            here[index] = new
            return "dn: \(dn(id))\nchangetype: modrdn\nnewrdn: uid=\(new)\ndeleteoldrdn: 1\n"
        default:
            if let back = away.popLast() {
                here.append(back)
                return "dn: uid=\(back),\(elsewhere)\nchangetype: modrdn\nnewrdn: uid=\(back)\n"
                    + "deleteoldrdn: 0\nnewsuperior: ou=people,\(base)\n"
            }
            away.append(here.remove(at: index))
            return "dn: \(dn(id))\nchangetype: modrdn\nnewrdn: uid=\(id)\ndeleteoldrdn: 0\n"
                + "newsuperior: \(elsewhere)\n"
        }
    }
}
