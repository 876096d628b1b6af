import DiagnosticText
import Diagnostics
import Foundation
import PolicyLanguage
import TestSupport
import Testing

@Suite("SARIF")
struct SARIFTests {
    private func log(_ result: PolicyReader.Result, _ language: Language = .english) throws -> JSON
    {
        let log = SARIFLog(
            result.diagnostics, sources: result.sources, language: language, toolVersion: "9.9")
        return JSON(
            try JSONSerialization.jsonObject(with: Data(try JSONText.text(log).utf8)))
    }

    @Test(
        "points at what the diagnostics do, in lines, columns, characters and bytes",
        arguments: try DiagnosticGoldenTests.names().filter { $0 != "beside" })
    func pointsThere(name: String) throws {
        let text = try Golden.text("diagnostics/\(name).ntk")
        let read = Fixtures.read(text, name: "\(name).ntk")
        let run = try log(read)["runs"][0]
        #expect(run["results"].count == read.diagnostics.count)
        let units = Array(text.utf16)
        let lines = units.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, diagnostic) in read.diagnostics.enumerated() {
            let result = run["results"][index]
            #expect(result["ruleId"].text == diagnostic.code.rawValue)
            let rule = run["tool"]["driver"]["rules"][result["ruleIndex"].number]
            #expect(rule["id"].text == diagnostic.code.rawValue)
            #expect(result["level"].text == "error")
            let place = result["locations"][0]["physicalLocation"]
            #expect(place["artifactLocation"]["uri"].text == "\(name).ntk")
            let region = place["region"]
            let marked = read.sources[0].text(in: diagnostic.place.span)
            let start = region["charOffset"].number
            let inUnits = units[start..<start + region["charLength"].number]
            #expect(String(decoding: inUnits, as: UTF16.self) == marked)
            #expect(region["byteOffset"].number == diagnostic.place.span.lower)
            let (line, column) = (region["startLine"].number, region["startColumn"].number)
            let before = lines[..<(line - 1)].reduce(0) { $0 + $1.count + 1 }
            #expect(before + column - 1 == start)
            let (last, end) = (region["endLine"].number, region["endColumn"].number)
            let beforeLast = lines[..<(last - 1)].reduce(0) { $0 + $1.count + 1 }
            #expect(beforeLast + end - 1 == start + region["charLength"].number)
            let placed = diagnostic.notes.filter { $0.place != nil }
            #expect(result["relatedLocations"].count == placed.count)
            #expect(result["fixes"].count == (diagnostic.fix == nil ? 0 : 1))
        }
    }

    @Test("has fixes that mend the text when an editor makes them")
    func fixesApply() throws {
        let text = "policy p version ＂1” zone \"UTC\" // 👩‍💻\nscale 段階 { 低、高 }\n"
        let read = Fixtures.read(text, name: "p.ntk")
        #expect(read.diagnostics.count == 3)
        let results = try log(read)["runs"][0]["results"]
        var units = Array(text.utf16)
        var replacements: [(Int, Int, String)] = []
        for index in 0..<results.count {
            let change = results[index]["fixes"][0]["artifactChanges"][0]
            for number in 0..<change["replacements"].count {
                let replacement = change["replacements"][number]
                let region = replacement["deletedRegion"]
                replacements.append(
                    (
                        region["charOffset"].number, region["charLength"].number,
                        replacement["insertedContent"]["text"].text
                    ))
            }
            let isSure = results[index]["fixes"][0]["properties"]["applicability"].text == "sure"
            #expect(isSure == (read.diagnostics[index].fix?.applicability == .sure))
        }
        for (offset, length, new) in replacements.sorted(by: { $0.0 > $1.0 }) {
            units.replaceSubrange(offset..<offset + length, with: Array(new.utf16))
        }
        #expect(
            String(decoding: units, as: UTF16.self)
                == "policy p version \"1\" zone \"UTC\" // 👩‍💻\nscale 段階 { 低,高 }\n")
    }

    @Test(
        "says what kind of log it is, by what, and explains its rules", arguments: Language.allCases
    )
    func envelope(language: Language) throws {
        let read = Fixtures.read("enumeration e { a, a }")
        let log = try log(read, language)
        #expect(log["version"].text == "2.1.0")
        #expect(log["$schema"].text.contains("sarif") && log["runs"].count == 1)
        let run = log["runs"][0]
        #expect(run["columnKind"].text == "utf16CodeUnits")
        #expect(run["language"].text == language.rawValue)
        #expect(run["tool"]["driver"]["name"].text == "ntk")
        #expect(run["tool"]["driver"]["version"].text == "9.9")
        let rules = run["tool"]["driver"]["rules"]
        #expect((0..<rules.count).map { rules[$0]["id"].text } == ["NTK1004", "NTK2004"])
        let title = try #require(CodeExplanation.of(.declaredTwice)).title(in: language)
        #expect(rules[1]["shortDescription"]["text"].text == title)
        #expect(rules[1]["help"]["markdown"].text.contains("```"))
        let related = run["results"][1]["relatedLocations"][0]
        let message = language == .english ? "`a` was declared here first" : "`a` は最初にここで宣言されています"
        #expect(related["message"]["text"].text == message)
        #expect(related["physicalLocation"]["region"]["startColumn"].number == 17)
    }

    @Test(
        "names files as URIs do",
        arguments: [
            ("a b/区分.ntk", "a%20b/%E5%8C%BA%E5%88%86.ntk"), ("/tmp/p.ntk", "file:///tmp/p.ntk"),
            ("c:d.ntk", "c%3Ad.ntk"), ("50%.ntk", "50%25.ntk"),
        ])
    func uris(path: String, uri: String) throws {
        let run = try log(Fixtures.read("x", name: path))["runs"][0]
        let place = run["results"][0]["locations"][0]["physicalLocation"]
        #expect(place["artifactLocation"]["uri"].text == uri)
    }

    @Test("counts no byte order mark, and a character beyond the first plane twice")
    func units() throws {
        let run = try log(Fixtures.read("\u{FEFF}𠮷 x"))["runs"][0]
        let region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
        #expect(region["startColumn"].number == 1 && region["endColumn"].number == 3)
        #expect(region["charOffset"].number == 0 && region["byteOffset"].number == 3)
    }
}

/// JSON to be looked into; what is not there is nothing, and counts none.
struct JSON {
    private let value: Any?

    init(_ value: Any?) { self.value = value }

    subscript(key: String) -> JSON { JSON((value as? [String: Any])?[key]) }

    subscript(index: Int) -> JSON {
        let list = value as? [Any] ?? []
        return JSON(list.indices.contains(index) ? list[index] : nil)
    }

    var count: Int { (value as? [Any])?.count ?? 0 }
    var text: String { value as? String ?? "" }
    var number: Int { value as? Int ?? -1 }
}
