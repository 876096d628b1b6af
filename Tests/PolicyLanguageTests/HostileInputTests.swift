import Diagnostics
import Foundation
import PolicyLanguage
import TestSupport
import Testing

/// Texts made to stop whoever reads them.
struct HostileText: CustomTestStringConvertible, Sendable {
    let testDescription: String
    private let opening: String
    private let unit: @Sendable (Int) -> String

    init(_ name: String, _ opening: String = "", unit: @escaping @Sendable (Int) -> String) {
        testDescription = name
        self.opening = opening
        self.unit = unit
    }

    func text(ofBytes size: Int) -> String {
        var text = LimitTests.preamble + opening
        var number = 0
        while text.utf8.count < size {
            text += unit(number)
            number += 1
        }
        return text
    }

    static let all = [
        HostileText("parentheses", "define d = ") { _ in "(" },
        HostileText("not", "define d = ") { _ in "not " },
        HostileText("braces", "define d = ") { _ in "{" },
        HostileText("quotation marks", "define d = ") { _ in "\"" },
        HostileText("open texts", "define d = ") { _ in "\"\n" },
        HostileText("paths", "define d = a") { _ in ".a" },
        HostileText("some", "define d = ") { _ in "some a in " },
        HostileText("digits", "define d = ") { _ in "1" },
        HostileText("one name", "define ") { _ in "a" },
        HostileText("half-width kana", "define ") { _ in "ｶﾞ" },
        HostileText("combining marks", "define a") { _ in "\u{301}\u{316}" },
        HostileText("invisible characters", "define a") { _ in "b\u{200B}" },
        HostileText("comments", "") { _ in "// \u{202E}\n" },
        HostileText("one definition over and over") { _ in "define d = 1\n" },
        HostileText("definitions") { "define d\($0) = subject.employed\n" },
        HostileText("definitions of each other") { "define d\($0) = d\($0 + 1) and d\($0 + 1)\n" },
        HostileText("kinds below the last") { "entity k\($0) is k\($0 + 1) { }\n" },
        HostileText("cases", "enumeration e {") { "c\($0)," },
        HostileText("attributes", "entity k {\n") { "a\($0) text\n" },
        HostileText("rules without names") {
            "permit read on resource when subject.employed because en \"\($0)\"\n"
        },
        HostileText("rules with names") { "permit r\($0): read on resource\n" },
        HostileText("rules that ask", "action see on resource\n") {
            "permit read on resource when subject may see resource because en \"\($0)\"\n"
        },
        HostileText("unknown names") { "permit r\($0): read on resource when x\($0)\n" },
        HostileText("unknown types", "entity k {\n") { "a\($0) t\($0)\n" },
        HostileText("a scenario", "scenario \"s\" {\n") { "person p\($0)\n" },
        HostileText("scenarios") { "scenario \"s\($0)\" {\n person p\n}\n" },
        HostileText("records in scenarios", "scenario \"s\" {\n") { _ in "person p acting true\n" },
        HostileText("events") { "event e\($0) { person person }\n" },
        HostileText("names that look alike") {
            "context c\(String($0, radix: 2).replacing("1", with: "l")) { }\n"
                + "context c\(String($0, radix: 2)) { }\n"
        },
        HostileText("uses") { "use x\($0)\n" },
        HostileText("nothing", "") { _ in "\n" },
        HostileText("signs", "") { _ in "@" },
        HostileText("measures", "permit read on resource cites ") { _ in "\"a\"," },
    ]
}

@Suite("Text that nobody trusts")
struct HostileInputTests {
    static let measuresGrowth = ProcessInfo.processInfo.environment["NTK_GROWTH"] != nil

    @Test("is read to its end, with something to say or a policy", arguments: HostileText.all)
    func comesToAnEnd(hostile: HostileText) {
        let result = Fixtures.read(hostile.text(ofBytes: 60_000))
        #expect(result.policy != nil || result.diagnostics.hasErrors)
        #expect(result.diagnostics.count <= 1_000)
    }

    /// Four times the text may take eight times as long, which is more than linear growth and noise
    /// take and less than quadratic growth does.
    @Test(
        "takes time in proportion to its length", .enabled(if: measuresGrowth), .serialized,
        arguments: HostileText.all)
    func growsLinearly(hostile: HostileText) {
        func time(_ size: Int) -> Duration {
            let text = hostile.text(ofBytes: size)
            return (0..<3).map { _ in
                ContinuousClock().measure { _ = Fixtures.read(text) }
            }.min() ?? .zero
        }
        let small = max(time(100_000), .milliseconds(10))
        let large = time(400_000)
        #expect(large < small * 8, "\(small) became \(large)")
    }

    @Test("is read, byte for byte, whatever is cut off or put in its place")
    func mutations() throws {
        let url = Fixtures.root.appending(path: "Fuzz/Corpus/read")
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        #expect(names.count >= 30)
        for name in names {
            let bytes = Array(try Data(contentsOf: url.appending(path: name)))
            for cut in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 12)) {
                var changed = bytes
                changed[cut] = changed[cut] ^ 0x80
                for text in [Array(bytes[..<cut]), changed] {
                    let result = PolicyReader.read(
                        [SourceText(name: name, bytes: text)], file: { _ in nil },
                        zone: Fixtures.zone)
                    #expect(result.policy != nil || result.diagnostics.hasErrors)
                }
            }
        }
    }
}
