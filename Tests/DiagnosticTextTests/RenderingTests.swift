import DiagnosticText
import Diagnostics
import TestSupport
import Testing

@Suite("A diagnostic as people read it")
struct RenderingTests {
    private func text(_ text: String, marking span: (Int, Int)) -> [String] {
        let source = SourceText(name: "a", text: text)
        let place = Place(source: 0, span: SourceText.Span(span.0, span.1))
        let rendered = DiagnosticRenderer(sources: [source], language: .english)
            .text(of: Diagnostic(.invalidUTF8, at: place))
        return rendered.split(separator: "\n").dropFirst().dropLast().map(String.init)
    }

    @Test(
        "underlines what it is about",
        arguments: [
            ("abc def", (4, 7), [" 1 | abc def", "   |     ^^^"]),
            ("極秘 def", (7, 10), [" 1 | 極秘 def", "   |      ^^^"]),
            ("\tdef", (1, 4), [" 1 |     def", "   |     ^^^"]),
            ("e\u{301}\u{301} x", (1, 3), [" 1 | e\u{301}\u{301} x", "   | ^"]),
            ("abc", (3, 3), [" 1 | abc", "   |    ^"]),
            ("abc", (2, 99), [" 1 | abc", "   |   ^"]),
            ("abc", (99, 99), [" 1 | abc", "   |    ^"]),
            ("abc\r\nd", (2, 5), [" 1 | abc", "   |   ^"]),
            ("a\n\nb", (2, 2), [" 2 | ", "   | ^"]),
        ] as [(String, (Int, Int), [String])])
    func underlines(text: String, span: (Int, Int), rows: [String]) {
        #expect(Array(self.text(text, marking: span).dropFirst()) == rows)
    }

    @Test("shows every line of a place that has a few, and of a longer one the first and the last")
    func manyLines() {
        #expect(
            text("x (a\n  b  \n\n  c) y", marking: (2, 16)) == [
                "  --> a:1:3", " 1 | x (a", "   |   ^^", " 2 |   b  ", "   |   ^", " 3 | ",
                " 4 |   c) y", "   |   ^^",
            ])
        let long = (1...12).map { "line \($0)" }.joined(separator: "\n")
        #expect(
            text(long, marking: (0, long.utf8.count)) == [
                "  --> a:1:1", "  1 | line 1", "    | ^^^^^^", "  2 | line 2", "    | ^^^^^^",
                "  3 | line 3", "    | ^^^^^^", "    | …", " 12 | line 12", "    | ^^^^^^^",
            ])
    }

    @Test("says only where it is, if the line is too long to be read")
    func longLine() {
        let line = String(repeating: "x", count: 641)
        #expect(text(line, marking: (4, 5)) == ["  --> a:1:5"])
    }

    @Test("names its severity, and the count says how many there are of each")
    func severities() {
        func diagnostic(_ severity: Diagnostic.Severity, isSure: Bool = false) -> Diagnostic {
            Diagnostic(
                .invalidUTF8, at: .beginning, severity: severity,
                fix: isSure ? .replacing(.beginning, with: "x", .sure) : nil)
        }
        let sources = [SourceText(name: "a", text: "b")]
        let english = DiagnosticRenderer(sources: sources, language: .english)
        let japanese = DiagnosticRenderer(sources: sources, language: .japanese)
        #expect(english.text(of: diagnostic(.warning)).hasPrefix("warning[NTK0005]"))
        #expect(english.text(of: diagnostic(.note)).hasPrefix("note[NTK0005]"))
        #expect(japanese.text(of: diagnostic(.warning)).hasPrefix("警告[NTK0005]"))
        #expect(japanese.text(of: diagnostic(.note)).hasPrefix("注記[NTK0005]"))
        let mixed = [
            diagnostic(.note), diagnostic(.error), diagnostic(.warning, isSure: true),
            diagnostic(.error),
        ]
        #expect(
            english.count(of: mixed)
                == "2 errors, 1 warning, 1 note; `ntk check --fix` mends 1 of them")
        #expect(
            japanese.count(of: mixed) == "エラー 2 件、警告 1 件、注記 1 件。うち 1 件は `ntk check --fix` で直せます")
        #expect(english.count(of: [diagnostic(.error)]) == "1 error")
    }
}
