import Foundation

/// What the standard vocabulary and Aoba's policy declare, read from their text.
struct Vocabulary {
    struct Field: Equatable {
        let name: String
        let type: String
        let isOptional: Bool
    }

    let events: [String: [Field]]
    let cases: [String: Set<String>]

    init() throws {
        let standard = try repositoryText("Sources/PolicyLanguage/Standard/standard.ntk")
        let policy = try repositoryText("policies/aoba.ntk")
        events = Self.events(standard)
        var cases: [String: Set<String>] = [:]
        for (text, keyword) in [(standard, "enumeration"), (policy, "enumeration")] {
            for part in text.components(separatedBy: "\n\(keyword) ").dropFirst() {
                let name = String(part.prefix { $0 != " " })
                cases[name] = Self.names(part.drop { $0 != "{" }.dropFirst().prefix { $0 != "}" })
            }
        }
        if let scale = policy.components(separatedBy: "\nscale tier {").last {
            cases["tier"] = Self.names(scale.prefix { $0 != "}" })
        }
        if let categories = policy.components(separatedBy: "\ncategory ").last {
            let end = categories.range(of: "\n\n")?.lowerBound ?? categories.endIndex
            cases["category"] = Self.names(categories[..<end])
        }
        self.cases = cases
    }

    private static func names(_ text: Substring) -> Set<String> {
        let bare = text.replacing(/"[^"]*"/, with: "")
        return Set(bare.split { ", <\n".contains($0) }.map(String.init))
    }

    /// The fields are the lines of a block that begin with two spaces and with no word of an effect.
    private static func events(_ standard: String) -> [String: [Field]] {
        let effects: Set<Substring> = [
            "written", "create", "begin", "end", "set", "need", "cancel", "}", "//",
        ]
        var events: [String: [Field]] = [:]
        for block in standard.components(separatedBy: "\nevent ").dropFirst() {
            let lines = block.prefix(upTo: block.range(of: "\n}")?.lowerBound ?? block.endIndex)
                .split(separator: "\n")
            let name = String(lines[0].prefix { $0 != " " })
            events[name] = lines.dropFirst().compactMap { line in
                let words = line.split(separator: " ")
                let isInner = line.hasPrefix("   ")
                guard let first = words.first, !isInner, !effects.contains(first) else {
                    return nil
                }
                let isOptional = words[1] == "optional"
                let type = words.dropFirst(isOptional ? 2 : 1).joined(separator: " ")
                return Field(name: String(first), type: type, isOptional: isOptional)
            }
        }
        return events
    }
}
