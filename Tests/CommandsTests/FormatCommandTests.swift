import Foundation
import TestSupport
import Testing

@Suite("ntk fmt")
struct FormatCommandTests {
    let ntk: NTK

    init() throws { ntk = try NTK() }

    private static let ugly = "use  a // why\nlease 5 minutes on\n  document(tier=secret)\n"
    private static let formatted = "use a  // why\nlease 5 minutes on document(tier = secret)\n"

    @Test("rewrites what is not formatted, and says which files that was")
    func rewrites() async throws {
        let ugly = try ntk.file("ugly.ntk", Self.ugly)
        let good = try ntk.file("good.ntk", Self.formatted)
        let output = try await ntk.run("fmt", ugly, good)
        #expect(output.status == 0)
        #expect(output.stdout == "\(ugly): formatted\n")
        #expect(try ntk.folder.read("ugly.ntk") == Array(Self.formatted.utf8))
        #expect(try ntk.folder.read("good.ntk") == Array(Self.formatted.utf8))
        let again = try await ntk.run("fmt", ugly, good)
        #expect(again.status == 0 && again.stdout == "")
    }

    @Test("with --check changes nothing, names the files and shows the difference")
    func checks() async throws {
        let ugly = try ntk.file("ugly.ntk", Self.ugly)
        let good = try ntk.file("good.ntk", Self.formatted)
        let output = try await ntk.run("fmt", "--check", "--diff", ugly, good)
        #expect(output.status == 1)
        #expect(
            output.stdout == """
                \(ugly): not formatted
                --- \(ugly)
                +++ \(ugly)
                @@ -1,3 +1,2 @@
                -use  a // why
                -lease 5 minutes on
                -  document(tier=secret)
                +use a  // why
                +lease 5 minutes on document(tier = secret)

                """)
        #expect(try ntk.folder.read("ugly.ntk") == Array(Self.ugly.utf8))
        #expect(try await ntk.run("fmt", "--check", good).status == 0)
        let japanese = try await ntk.run("fmt", "--check", "--lang", "ja", ugly)
        #expect(japanese.stdout == "\(ugly): 整形されていません\n")
        let json = try await ntk.run("fmt", "--check", "--json", ugly)
        #expect(json.stdout.contains("\"wouldChange\" : true"))
    }

    @Test("leaves a file with mistakes as it was, says them, and formats the others")
    func refuses() async throws {
        let text = "use  a\npermit p: view document\n"
        let bad = try ntk.file("bad.ntk", text)
        let ugly = try ntk.file("ugly.ntk", Self.ugly)
        for arguments in [["fmt", bad, ugly], ["fmt", "--check", bad, ugly]] {
            let output = try await ntk.run(arguments)
            #expect(output.status == 3)
            #expect(output.stderr.contains("error[NTK1001]") && output.stderr.contains("bad.ntk"))
            #expect(try ntk.folder.read("bad.ntk") == Array(text.utf8))
        }
        #expect(try ntk.folder.read("ugly.ntk") == Array(Self.formatted.utf8))
        let none = try await ntk.run("fmt", ntk.folder.path("none.ntk"))
        #expect(none.status == 3 && none.stderr.contains("can't be read"))
    }

    @Test("reads standard input and writes standard output")
    func pipes() async throws {
        let output = try await ntk.run(["fmt", "-"], input: Self.ugly)
        #expect(output.status == 0 && output.stdout == Self.formatted)
        let check = try await ntk.run(["fmt", "--check", "-"], input: Self.ugly)
        #expect(check.status == 1 && check.stdout == "-: not formatted\n")
        let bad = try await ntk.run(["fmt", "-"], input: "use\n")
        #expect(bad.status == 3 && bad.stdout == "")
        #expect(try await ntk.run(["fmt", "-", "x.ntk"], input: "").status == 2)
        #expect(try await ntk.run("fmt").status == 2)
        #expect(try await ntk.run("fmt", "--diff", "x.ntk").status == 2)
    }

    @Test("changes what a link names, and not the link, nor who may read the file")
    func followsLinks() async throws {
        let ugly = try ntk.file("ugly.ntk", Self.ugly)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: ugly)
        let link = ntk.folder.path("link.ntk")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: ugly)
        #expect(try await ntk.run("fmt", link).status == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == ugly)
        let attributes = try FileManager.default.attributesOfItem(atPath: ugly)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try ntk.folder.read("ugly.ntk") == Array(Self.formatted.utf8))
    }

    @Test("shows differences as other tools read them")
    func showsDifferences() async throws {
        let lines = (1...30).map { "use a\($0)" }
        var changed = lines
        changed[2] = "use  a3"
        changed[20] = "use a21  "
        let text = changed.joined(separator: "\n") + "\n"
        let file = try ntk.file("long.ntk", text)
        let output = try await ntk.run("fmt", "--check", "--diff", file)
        #expect(
            output.stdout.split(separator: "\n").dropFirst(3).joined(separator: "\n") == """
                @@ -1,6 +1,6 @@
                 use a1
                 use a2
                -use  a3
                +use a3
                 use a4
                 use a5
                 use a6
                @@ -18,7 +18,7 @@
                 use a18
                 use a19
                 use a20
                -use a21  
                +use a21
                 use a22
                 use a23
                 use a24
                """)
    }
}

@Suite("ntk check --ast")
struct CheckASTTests {
    let ntk: NTK

    init() throws { ntk = try NTK() }

    @Test("prints the checked policy, the same each time, and nothing of one with mistakes")
    func prints() async throws {
        let output = try await ntk.run("check", "policies/aoba.ntk", "--ast")
        #expect(output.status == 0)
        let data = Data(output.stdout.utf8)
        let policy = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        #expect(policy?["ast"] as? Int == 1 && policy?["name"] as? String == "aoba")
        #expect((policy?["rules"] as? [Any])?.count ?? 0 > 10)
        let again = try await ntk.run("check", "policies/aoba.ntk", "--ast", "--json")
        #expect(again.stdout == output.stdout)
        let bad = try ntk.file("bad.ntk", "permit p: view document\n")
        let refused = try await ntk.run("check", bad, "--ast")
        #expect(refused.status == 3 && refused.stdout == "")
        #expect(try await ntk.run("check", "--show", "standard", "--ast").status == 2)
    }
}
