import Foundation
import TestSupport
import Testing

@Suite("Warnings and notes about a policy")
struct CheckCommandTests {
    /// A policy with two warnings and a note.
    private static let text = """
        policy small version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "small"
        scale tier { open "公開" < secret "極秘" }
        category core
        enumeration role { engineer }
        permit all: view on document(tier = secret) when subject engaged

        """

    private func policy(in ntk: NTK, _ text: String = Self.text) throws -> String {
        let path = ntk.folder.path("small.ntk")
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    @Test("are printed and counted by ntk check, which succeeds all the same")
    func printed() async throws {
        let ntk = try NTK()
        let path = try policy(in: ntk)
        let english = try await ntk.run("check", path)
        #expect(english.status == 0 && english.stdout.contains("1 rules"))
        #expect(english.stderr.contains("warning[NTK3105]: `all` opens `secret`"))
        #expect(english.stderr.hasSuffix("small.ntk: 2 warnings, 1 note\n"))
        let japanese = try await ntk.run("check", path, "--lang", "ja")
        #expect(japanese.stderr.contains("警告[NTK3105]"))
        #expect(japanese.stderr.hasSuffix("small.ntk: 警告 2 件、注記 1 件\n"))
    }

    @Test("end ntk check --deny-warnings with exit code 1, notes alone don't")
    func denied() async throws {
        let ntk = try NTK()
        let path = try policy(in: ntk)
        let denied = try await ntk.run("check", path, "--deny-warnings")
        #expect(denied.status == 1 && denied.stdout.contains("1 rules"))
        #expect(try await ntk.run("check", path, "--deny-warnings", "--json").status == 1)
        let noted = Self.text.replacing("tier = secret", with: "tier >= open")
            .replacing(
                "subject engaged",
                with: "some p in subject.posts where p.department = resource.owner")
        let notes = try await ntk.run("check", try policy(in: ntk, noted), "--deny-warnings")
        #expect(notes.status == 0 && notes.stderr.hasSuffix("small.ntk: 1 note\n"))
    }

    @Test("are not said by other commands that read the policy")
    func quiet() async throws {
        let ntk = try NTK()
        let path = try policy(in: ntk)
        for command in ["test", "adopt"] {
            let output = try await ntk.run(command, path)
            #expect(
                output.status == 0 && !output.stderr.contains("NTK"), "\(command): \(output.stderr)"
            )
        }
    }

    @Test("are not said beside a rule that can never hold, which no command takes")
    func refused() async throws {
        let ntk = try NTK()
        let path = try policy(in: ntk, Self.text + "permit no: view on document when false\n")
        let refused = try await ntk.run("adopt", path)
        #expect(refused.status == 3 && refused.stderr.contains("error[NTK3101]"))
        #expect(!refused.stderr.contains("NTK3105"))
    }
}
