import DiagnosticText
import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

@Suite("A fix that is sure")
struct FixTests {
    /// A policy, and how often each diagnostic is said of it.
    ///
    /// Places move when text is mended; what is said, and of what, does not.
    private func findings(_ result: PolicyReader.Result) -> [String: Int] {
        result.diagnostics.reduce(into: [:]) { counts, diagnostic in
            let source = result.sources[diagnostic.place.source].name
            counts["\(source) \(diagnostic.code) \(diagnostic.arguments)", default: 0] += 1
        }
    }

    /// Reads a fixture anew, from sources that have been mended.
    private func read(
        _ sources: [SourceText], as before: PolicyReader.Result
    ) -> PolicyReader.Result {
        PolicyReader.read(
            [sources[0]], scenarios: Array(sources[before.scenarioSources]), file: { _ in nil },
            zone: Fixtures.zone)
    }

    @Test(
        "mends what it is for, alone, and brings nothing else",
        arguments: try DiagnosticGoldenTests.names())
    func mendsOne(name: String) throws {
        let before = try DiagnosticGoldenTests.read(name)
        let counts = findings(before)
        for diagnostic in before.diagnostics {
            guard let fix = diagnostic.fix, fix.applicability == .sure else { continue }
            let after = findings(
                read(fix.applied(to: before.sources), as: before))
            let file = before.sources[diagnostic.place.source].name
            let key = "\(file) \(diagnostic.code) \(diagnostic.arguments)"
            #expect(after[key, default: 0] == (counts[key] ?? 0) - 1, "\(diagnostic)")
            for (other, count) in after { #expect(count <= counts[other] ?? 0, "\(other)") }
        }
    }

    @Test(
        "is made with all others, until none is left, and nothing else changes",
        arguments: try DiagnosticGoldenTests.names())
    func mendsAll(name: String) throws {
        let text = try Golden.text("diagnostics/\(name).ntk")
        let before = Fixtures.read(text, name: "\(name).ntk", findings: true)
        let result = PolicyMender.mend(
            [SourceText(name: "\(name).ntk", text: text)], file: { _ in nil }, zone: Fixtures.zone)
        let left = result.reading.diagnostics
        #expect(left.allSatisfy { $0.fix?.applicability != .sure })
        #expect(left.count + result.mended.count == before.diagnostics.count)
        #expect(result.changed.isEmpty == result.mended.isEmpty)
    }

    @Test("is there for most slips of the hand")
    func areThere() throws {
        let result = Fixtures.read(try Golden.text("diagnostics/slips.ntk"))
        #expect(result.diagnostics.count { $0.fix?.applicability == .sure } >= 30)
    }

    @Test("is made in the policy's other files, and never in what comes with ntk")
    func ownFiles() throws {
        let policy = """
            policy p version "1" zone "UTC"
            use standard
            use more
            define company ＝ organisation "aoba"
            scale tier { open < secret }
            category core
            """
        let more = "enumeration role { member、manager }\n"
        let result = PolicyMender.mend(
            [SourceText(name: "p.ntk", text: policy)],
            file: { $0 == "more" ? SourceText(name: "more.ntk", text: more) : nil },
            zone: Fixtures.zone)
        #expect(result.reading.policy != nil)
        #expect(result.changed.map(\.after.name) == ["more.ntk", "p.ntk"])
        #expect(
            result.changed[0].after
                == SourceText(name: "more.ntk", text: "enumeration role { member,manager }\n"))
        #expect(result.mended.map(\.diagnostic.code) == [.foreignSpelling, .foreignSpelling])
    }

    @Test("of two that overlap, the first is made, and the other waits")
    func overlapping() {
        let source = SourceText(name: "a", text: "abcdef")
        func diagnostic(_ lower: Int, _ upper: Int, _ text: String) -> Diagnostic {
            let place = Place(source: 0, span: SourceText.Span(lower, upper))
            return Diagnostic(
                .foreignSpelling, at: place, fix: .replacing(place, with: text, .sure))
        }
        func mended(_ diagnostics: [Diagnostic]) -> String {
            let (sources, _) = diagnostics.applyingSureFixes(to: [source], within: [0])
            return String(decoding: sources[0].bytes, as: UTF8.self)
        }
        #expect(mended([diagnostic(0, 3, "X"), diagnostic(2, 4, "Y")]) == "Xdef")
        #expect(mended([diagnostic(0, 2, "X"), diagnostic(2, 4, "Y")]) == "XYef")
        #expect(mended([diagnostic(2, 2, "X"), diagnostic(2, 2, "Y")]) == "abXcdef")
        #expect(mended([diagnostic(0, 2, "X"), diagnostic(2, 2, "Y")]) == "Xcdef")
        let (sources, none) = [diagnostic(0, 1, "X")].applyingSureFixes(to: [source], within: [])
        #expect(sources == [source] && none.isEmpty)
    }

    @Test(
        "is never one that a person must decide",
        arguments: [
            "permit a: veiw on document", "permit a: view on document(tier = scret)",
            "permit a: view on document when staf", "permit a view on document",
            "permit view edit on document", "define x = subject.name = \"a\u{202E}b\"",
            "permit a: view on document(tier = 極秘)", "permit a: view on document(tier => secret)",
        ])
    func isCareful(text: String) {
        let policy = """
            policy p version "1" zone "UTC"
            use standard
            define company = organisation "aoba"
            scale tier { open "公開" < secret "極秘" }
            category core
            enumeration role { member }
            define staff = subject engaged

            """
        let result = Fixtures.read(policy + text)
        #expect(result.diagnostics.count == 1)
        #expect(result.diagnostics.first?.fix?.applicability == .maybe)
    }

    @Test("comes in as many rounds as it takes, also where reading stops half way")
    func manyMistakes() {
        // Reading gives up after a thousand mistakes, here right before a brace.
        func policy(comma: String, space: String) -> SourceText {
            let lines = (0..<2_000).map { number in
                number == 999
                    ? "entity thing\(space){ size integer }\n"
                    : "enumeration e\(number) { a\(comma) b }\n"
            }
            return SourceText(
                name: "p", text: "policy p version \"1\" zone \"UTC\"\n" + lines.joined())
        }
        let result = PolicyMender.mend(
            [policy(comma: "、", space: "　")], file: { _ in nil }, zone: Fixtures.zone)
        #expect(result.reading.diagnostics == [])
        #expect(result.changed.first?.after == policy(comma: ",", space: " "))
    }

    @Test(
        "gives back a policy that was typed with full-width keys, byte by byte", arguments: 0..<6)
    func restores(seed: UInt64) throws {
        let original = try Fixtures.readAobaPolicy().sources[0]
        var random = SplitMix64(seed: seed)
        var changed = 0
        let lines = String(decoding: original.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { line -> String in
            // In texts and comments full-width characters are at home.
            guard !line.contains("\""), !line.contains("//") else { return String(line) }
            return String(
                String.UnicodeScalarView(
                    line.unicodeScalars.map { scalar in
                        let isPrintable = scalar.value > 0x20 && scalar.value < 0x7F
                        guard isPrintable, random.next() % 8 == 0,
                            let wide = Unicode.Scalar(scalar.value + 0xFEE0)
                        else { return scalar }
                        changed += 1
                        return wide
                    }))
        }
        let result = PolicyMender.mend(
            [SourceText(name: "aoba.ntk", text: lines.joined(separator: "\n"))], file: { _ in nil },
            zone: Fixtures.zone)
        #expect(changed > 100)
        #expect(result.reading.diagnostics == [])
        #expect(result.changed.first?.after == original)
    }
}
