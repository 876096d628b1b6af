import Foundation
import FoundationXML

/// A JUnit file as a build server reads it: by a parser that refuses what is not well-formed.
final class JUnitDocument: NSObject, XMLParserDelegate {
    struct Case {
        let classname: String
        let name: String
        let time: String
        var failure: String?
    }

    struct Suite {
        let name: String
        let tests: Int
        let failures: Int
        var cases: [Case] = []
    }

    struct Malformed: Error { let line: Int }

    private var suites: [Suite] = []
    private var isInFailure = false

    static func parse(_ text: String) throws -> [Suite] {
        let document = JUnitDocument()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = document
        guard parser.parse() else { throw Malformed(line: parser.lineNumber) }
        return document.suites
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        switch name {
        case "testsuite":
            suites.append(
                Suite(
                    name: attributes["name"] ?? "", tests: Int(attributes["tests"] ?? "") ?? -1,
                    failures: Int(attributes["failures"] ?? "") ?? -1))
        case "testcase":
            suites[suites.count - 1].cases.append(
                Case(
                    classname: attributes["classname"] ?? "", name: attributes["name"] ?? "",
                    time: attributes["time"] ?? ""))
        case "failure":
            isInFailure = true
            setFailure("\(attributes["message"] ?? "")\n")
        default: break
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        if name == "failure" { isInFailure = false }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        guard isInFailure, let failure = suites.last?.cases.last?.failure else { return }
        setFailure(failure + text)
    }

    private func setFailure(_ text: String) {
        let suite = suites.count - 1
        suites[suite].cases[suites[suite].cases.count - 1].failure = text
    }
}
