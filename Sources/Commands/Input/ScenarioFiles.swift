import Foundation

/// Finds the files of scenarios that belong to a policy.
enum ScenarioFiles {
    /// The file named like the policy, if there is one, and those given, each once.
    static func paths(beside policy: String, given: [String]) -> [String] {
        let suffix = ".ntk"
        let stem = policy.hasSuffix(suffix) ? String(policy.dropLast(suffix.count)) : policy
        let beside = stem + ".scenarios" + suffix
        let found = FileManager.default.fileExists(atPath: beside) ? [beside] : []
        var seen: Set<URL> = []
        return (found + given).filter { path in
            seen.insert(URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL).inserted
        }
    }
}
