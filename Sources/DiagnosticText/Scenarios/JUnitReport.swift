package import Scenarios

/// Results as JUnit XML, the form that build servers read.
///
/// A suite for each file, a case for each expectation, in the order written. The same results and durations
/// give the same text.
package struct JUnitReport: Sendable {
    private struct Case {
        let file: String
        let line: Int
        let scenario: String
        let words: String
        let duration: Duration
        let failure: [String]?
    }

    private let cases: [Case]

    /// Gathers results.
    ///
    /// - Parameters:
    ///   - results: the results.
    ///   - durations: how long each expectation of each result took.
    ///   - speaker: says them.
    package init(
        _ results: [ScenarioResult], durations: [[Duration]], speaker: ScenarioText
    ) {
        var cases: [Case] = []
        for (result, durations) in zip(results, durations) {
            for (outcome, duration) in zip(result.outcomes, durations) {
                cases.append(
                    Case(
                        file: speaker.file(of: outcome), line: speaker.line(of: outcome),
                        scenario: result.title, words: speaker.words(of: outcome),
                        duration: duration,
                        failure: outcome.isMet ? nil : speaker.failure(outcome, in: result)))
            }
        }
        self.cases = cases
    }

    /// The report.
    package var text: String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"ntk test\"\(Self.counts(of: cases))>")
        var files: [String] = []
        for file in cases.map(\.file) where !files.contains(file) { files.append(file) }
        for file in files {
            let inFile = cases.filter { $0.file == file }
            lines.append(
                "  <testsuite name=\"\(XMLText.escaped(file))\"\(Self.counts(of: inFile))>")
            for item in inFile { lines += Self.lines(of: item) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func counts(of cases: [Case]) -> String {
        let failures = cases.filter { $0.failure != nil }.count
        let whole = cases.reduce(Duration.zero) { $0 + $1.duration }
        return
            " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\" time=\"\(seconds(whole))\""
    }

    private static func lines(of item: Case) -> [String] {
        let name = XMLText.escaped("\(item.line): \(item.words)")
        let head =
            "    <testcase classname=\"\(XMLText.escaped(item.scenario))\" name=\"\(name)\" file=\"\(XMLText.escaped(item.file))\" line=\"\(item.line)\" time=\"\(seconds(item.duration))\""
        guard let failure = item.failure else { return [head + "/>"] }
        let message = XMLText.escaped(
            failure.prefix(2).map { $0.split(separator: " ").joined(separator: " ") }
                .joined(separator: "; "))
        let body = ([item.words] + failure).map(XMLText.escaped).joined(separator: "\n")
        return [
            head + ">",
            "      <failure type=\"expectation\" message=\"\(message)\">\(body)</failure>",
            "    </testcase>",
        ]
    }

    /// Seconds with six decimals, whatever the locale.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let micros = String(attoseconds / 1_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: max(0, 6 - micros.count)) + micros
    }
}

/// Text within XML 1.0.
enum XMLText {
    /// One line of text, for between tags and within quotation marks.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in Visible.text(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&apos;"
            // XML has no way to write these; all other characters it lacks were made visible before.
            case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
