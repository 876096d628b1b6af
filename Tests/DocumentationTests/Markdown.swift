import Foundation
import TestSupport

/// A Markdown page of the repository, as far as the checks need to read it.
struct Markdown {
    /// What stands between two lines of backquotes.
    struct Fence: Sendable {
        /// What follows the opening backquotes: `ntk`, `ntk-wrong NTK2008`, or nothing.
        let info: String
        /// The lines inside.
        let text: String
        /// The line the fence opens on, from 1.
        let line: Int
    }

    /// All that is fenced, in order.
    private(set) var fences: [Fence] = []
    /// The lines outside fences.
    private(set) var prose: [Substring] = []

    init(_ text: String) {
        var open: (info: String, line: Int, lines: [Substring])?
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if let (info, start, inside) = open {
                if line == "```" {
                    let text = inside.joined(separator: "\n") + "\n"
                    fences.append(Fence(info: info, text: text, line: start))
                    open = nil
                } else {
                    open = (info, start, inside + [line])
                }
            } else if line.hasPrefix("```") {
                open = (String(line.dropFirst(3)), index + 1, [])
            } else {
                prose.append(line)
            }
        }
    }

    /// Reads a page by its path from the repository's root.
    init(path: String) throws {
        self.init(
            try String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8))
    }

    /// The names by which links reach this page's headings, made as GitHub makes them.
    var anchors: Set<String> {
        var anchors: Set<String> = []
        for line in prose where line.hasPrefix("#") {
            let heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)
            let anchor = heading.lowercased().unicodeScalars.compactMap { scalar -> String? in
                if scalar == " " { return "-" }
                let isKept = scalar.properties.isXIDContinue || scalar == "-"
                return isKept ? String(scalar) : nil
            }.joined()
            var unique = anchor
            var number = 0
            while !anchors.insert(unique).inserted {
                number += 1
                unique = "\(anchor)-\(number)"
            }
        }
        return anchors
    }

    /// What the page's links lead to, those with a scheme apart.
    var relativeLinks: [String] {
        prose.flatMap { line in
            line.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s]+)\)/).map {
                String($0.output.1)
            }
        }.filter { !$0.contains(/^[a-z]+:/) }
    }
}
