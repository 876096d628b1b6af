import Foundation
import TestSupport
import Testing

@Suite("Checking a policy")
struct CheckTests {
    private static let slips = """
        policy p version "1" zone "Asia/Tokyo"
        use standard
        use more
        define company ＝ organisation 'aoba'
        scale tier { open ＜ secret }
        category core
        permit one: veiw on document（tier == secret) when subject engaged&&subject trained
        forbid gone any on resource when not subject engaged

        """
    private static let mended = """
        policy p version "1" zone "Asia/Tokyo"
        use standard
        use more
        define company = organisation "aoba"
        scale tier { open < secret }
        category core
        permit one: veiw on document(tier = secret) when subject engaged and subject trained
        forbid gone: any on resource when not subject engaged

        """

    @Test("with --fix mends all its files, says so, and reports what is left")
    func fixes() async throws {
        let ntk = try NTK()
        let policy = try ntk.file("p.ntk", Self.slips)
        let more = try ntk.file("more.ntk", "enumeration role { member、manager }\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: policy)
        let output = try await ntk.run("check", "--fix", policy)
        #expect(output.status == 3)
        #expect(try String(contentsOfFile: policy, encoding: .utf8) == Self.mended)
        #expect(
            try String(contentsOfFile: more, encoding: .utf8)
                == "enumeration role { member,manager }\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: policy)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(output.stdout.contains("p.ntk:4:16: write `=` [NTK0002]\n"))
        #expect(output.stdout.contains("p.ntk:8:8: put `:` in [NTK1009]\n"))
        #expect(output.stdout.hasSuffix("mended 8 mistakes in 2 files\n"))
        #expect(output.stderr.contains("error[NTK2009]: `veiw`"))
        #expect(output.stderr.hasSuffix("p.ntk: 1 error\n"))
        #expect(!(try ntk.folder.names().contains { $0.hasPrefix(".") }))
    }

    @Test("with --fix leaves a policy without mistakes as it is")
    func nothingToFix() async throws {
        let ntk = try NTK()
        let before = try Data(contentsOf: URL(filePath: "policies/aoba.ntk", relativeTo: root))
        let policy = try ntk.folder.write(before, to: "aoba.ntk")
        let date = try modification(of: policy)
        #expect(try await ntk.run("check", "--fix").status == 2)
        let output = try await ntk.run("check", "--fix", "--lang", "ja", policy)
        #expect(output.status == 0 && output.stderr == "")
        #expect(output.stdout.hasPrefix("直すところはありません\n"))
        #expect(try Data(contentsOf: URL(filePath: policy)) == before)
        #expect(try modification(of: policy) == date)
    }

    @Test("with --fix changes what a symbolic link leads to, and the link stays")
    func links() async throws {
        let ntk = try NTK()
        let real = try ntk.file("real.ntk", "policy p version “1\" zone \"UTC\"\n")
        let link = ntk.folder.path("link.ntk")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
        #expect(try await ntk.run("check", "--fix", link).status == 0)
        #expect(
            try String(contentsOfFile: real, encoding: .utf8)
                == "policy p version \"1\" zone \"UTC\"\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
    }

    @Test("with --json answers in SARIF, with what was mended if asked to mend")
    func sarif() async throws {
        let ntk = try NTK()
        let policy = try ntk.file("p.ntk", Self.slips)
        _ = try ntk.file("more.ntk", "enumeration role { member }\n")
        let plain = try await ntk.run("check", "--json", policy)
        #expect(plain.status == 3 && plain.stderr == "")
        let run = try run(in: plain.stdout)
        #expect((run["results"] as? [Any])?.count == 8)
        #expect(run["properties"] == nil)
        #expect(try String(contentsOfFile: policy, encoding: .utf8) == Self.slips)

        let mending = try await ntk.run("check", "--json", "--fix", "--lang", "ja", policy)
        let mended = try self.run(in: mending.stdout)
        #expect((mended["results"] as? [Any])?.count == 1)
        let properties = try #require(mended["properties"] as? [String: Any])
        #expect((properties["mended"] as? [Any])?.count == 7)
        #expect(mended["language"] as? String == "ja")

        let good = try await ntk.run("check", "--json", "policies/aoba.ntk")
        #expect(good.status == 0)
        #expect((try self.run(in: good.stdout)["results"] as? [Any])?.isEmpty == true)
    }

    private func run(in text: String) throws -> [String: Any] {
        let log = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(log?["version"] as? String == "2.1.0")
        let runs = try #require(log?["runs"] as? [[String: Any]])
        return try #require(runs.first)
    }

    private let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func modification(of path: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }
}

@Suite("A policy in folders")
struct FolderTests {
    @Test("finds them whatever their names are written in", arguments: ["規則", "my rules", "50%"])
    func names(folder: String) async throws {
        let ntk = try NTK()
        let path = ntk.folder.path(folder)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        _ = try ntk.folder.write(
            Array("define away = subject abroad\n".utf8), to: "\(folder)/a.ntk")
        let policy = """
            policy p version "1" zone "UTC"
            use standard
            use "\(folder)/"
            define company = organisation "aoba"
            scale tier { open < secret }
            category core
            enumeration role { engineer }
            forbid x: any on resource when away

            """
        let main = try ntk.folder.write(Array(policy.utf8), to: "p.ntk")
        let output = try await ntk.run("check", main)
        #expect(output.status == 0, "\(output.stderr)")
    }
}

@Suite("Explaining a code")
struct ExplainTests {
    @Test("says what it means, whatever the case it is written in, in both languages")
    func explains() async throws {
        let ntk = try NTK()
        let english = try await ntk.run("explain", "ntk2009")
        #expect(english.status == 0 && english.stderr == "")
        #expect(english.stdout.hasPrefix("NTK2009: an action that is not declared for the kind\n"))
        #expect(english.stdout.contains("Before:\n\n    permit house: veiw on document"))
        #expect(english.stdout.contains("After:\n\n    permit house: view on document"))
        let japanese = try await ntk.run("explain", "NTK2009", "--lang", "ja")
        #expect(japanese.stdout.hasPrefix("NTK2009: その種類に宣言されていない操作\n"))
        #expect(japanese.stdout.contains("直す前:"))
    }

    @Test("lists all codes where none is given, and gives them in JSON")
    func lists() async throws {
        let ntk = try NTK()
        let list = try await ntk.run("explain").stdout.split(separator: "\n")
        #expect(list.count >= 80 && list.allSatisfy { $0.hasPrefix("NTK") })
        let json = try await ntk.run("explain", "--json").stdout
        let all = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: String]]
        #expect(all?.count == list.count)
        #expect(all?.first.map { Set($0.keys) } == ["code", "title", "cause", "before", "after"])
    }

    @Test("answers a code that is not there with the nearest")
    func unknown() async throws {
        let ntk = try NTK()
        let near = try await ntk.run("explain", "NTK2090")
        #expect(near.status == 2 && near.stdout == "")
        #expect(near.stderr.contains("NTK2009 exists"))
        let far = try await ntk.run("explain", "rules", "--lang", "ja")
        #expect(far.status == 2)
        #expect(far.stderr == "ntk: rules というコードはありません。一覧は `ntk explain` で表示できます\n")
    }
}
