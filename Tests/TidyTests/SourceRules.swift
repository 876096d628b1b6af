/// The rules every source keeps to, as functions from text to complaints, so that they can be tried on
/// bad samples.
enum SourceRules {
    /// The most lines a file may have: beyond that there is more than one subject in it.
    static let mostLines = 400

    /// Complaints about one file's text.
    static func complaints(about text: String, target: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var complaints: [String] = []
        if lines.count > mostLines + 1 { complaints.append("has \(lines.count) lines") }
        for (index, line) in lines.enumerated() {
            if let module = importedModule(line), !LayerTable.allowed(for: target).contains(module)
            {
                complaints.append("line \(index + 1): \(target) may not import \(module)")
            }
            for (banned, instead) in bannedWords where line.contains(banned) {
                if banned == "print(", target == "Commands" { continue }
                complaints.append("line \(index + 1): `\(banned)`: \(instead)")
            }
        }
        return complaints
    }

    /// The module an import line names.
    static func importedModule(_ line: Substring) -> String? {
        let words = line.split(separator: " " as Character).map { String($0) }
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
            words[..<place].allSatisfy({ importAttributes.contains($0) })
        else { return nil }
        let kinds: Set<String> = ["struct", "class", "enum", "func", "var", "let", "protocol"]
        let name = kinds.contains(words[place + 1]) ? words.last ?? "" : words[place + 1]
        return name.split(separator: ".").first.map(String.init)
    }

    private static let importAttributes: Set<String> = [
        "public", "package", "internal", "fileprivate", "private", "@_exported", "@preconcurrency",
        "@testable",
    ]

    /// What no source says, and what to do instead.
    private static let bannedWords = [
        ("try!", "throw, or handle the error"),
        ("fatalError(", "make it a typed error, or a precondition with its reason"),
        ("print(", "answer through the console of Commands"),
        ("TODO", "do it, or open an issue"),
        ("FIXME", "mend it, or open an issue"),
        ("@testable", "test through the package's face"),
    ]
}
