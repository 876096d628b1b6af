import Foundation
public import Diagnostics
import PolicyLanguage

/// The policy texts of the repository that tests try everything on.
public enum Corpus {
    /// Every policy file: Aoba's, the standard vocabulary, all fixtures, with mistakes and without.
    public static func files() throws -> [SourceText] {
        let folders = ["policies", "Sources/PolicyLanguage/Standard", "Tests/Fixtures", "examples"]
        return try folders.flatMap { folder in
            let root = Fixtures.root.appending(path: folder)
            let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]
            return try (paths ?? []).filter { $0.hasSuffix(".ntk") }.sorted().map { path in
                let bytes = try Data(contentsOf: root.appending(path: path))
                return SourceText(name: "\(folder)/\(path)", bytes: Array(bytes))
            }
        }
    }
}
