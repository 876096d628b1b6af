public import Diagnostics
public import Facts

/// Reads policy text: parses it, follows its `use`s, and checks it.
public enum PolicyReader {
    /// What reading gave.
    public struct Result: Sendable {
        /// The policy; nil where there were errors.
        public let policy: CheckedPolicy?
        /// All that was read; places refer to these by index.
        public let sources: [SourceText]
        /// Which of them hold scenarios beside the policy, and are no part of it.
        public let scenarioSources: Range<Int>
        /// All that there is to say, in reading order.
        public let diagnostics: [Diagnostic]
    }

    /// The standard vocabulary, as a policy that says `use standard` sees it.
    public static var standardVocabulary: SourceText {
        SourceText(name: "standard.ntk", bytes: PackageResources.standard_ntk)
    }

    /// Reads and checks a policy.
    ///
    /// - Parameters:
    ///   - sources: the policy's files.
    ///   - scenarios: files of scenarios beside the policy. They are checked against it, and change nothing
    ///     else about it.
    ///   - file: finds what a `use` names, other than `standard`, by its path from the policy's folder without `.ntk`;
    ///     nil where there is no such file.
    ///   - folder: the paths of the policy files in a folder, in order; nil where there is no such folder.
    ///   - zone: finds a zone's table by name; nil where there is none.
    /// - Returns: the policy, if there were no errors, and all that there is to say.
    public static func read(
        _ sources: [SourceText], scenarios: [SourceText] = [], file: (String) -> SourceText?,
        folder: (String) -> [String]? = { _ in nil }, zone: (String) -> ZoneTable?
    ) -> Result {
        var modules = Modules(roots: sources)
        modules.follow(file: file, folder: folder)
        let scenarioSources = modules.add(scenarios: scenarios)
        var checker = Checker(
            files: modules.parsed, sources: modules.sources, uses: modules.firstUses)
        let policy = checker.check(zone: zone)
        var diagnostics = modules.diagnostics + checker.diagnostics
        // Nothing is wrong with what comes with us: what is said of it follows from a mistake elsewhere.
        let own = diagnostics.filter { modules.sources[$0.place.source] != standardVocabulary }
        if !own.isEmpty { diagnostics = own }
        let sorted = Array(diagnostics.inReadingOrder().prefix(Lexer.mostMistakes))
        return Result(
            policy: sorted.hasErrors ? nil : policy, sources: modules.sources,
            scenarioSources: scenarioSources, diagnostics: sorted)
    }
}
