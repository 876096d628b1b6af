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
        /// The path of each from the policy's folder, as `use` names it, with `.ntk`.
        public let paths: [String]
        /// Which of them hold scenarios beside the policy, and are no part of it.
        public let scenarioSources: Range<Int>
        /// All that there is to say, in reading order.
        public let diagnostics: [Diagnostic]
    }

    /// The standard vocabulary, as a policy that says `use standard` sees it.
    public static let standardVocabulary = SourceText(
        name: "standard.ntk", bytes: PackageResources.standard_ntk)

    /// Reads and checks a policy.
    ///
    /// - Parameters:
    ///   - sources: the policy's files.
    ///   - scenarios: files of scenarios beside the policy. They are checked against it, and change nothing
    ///     else about it.
    ///   - findings: whether to look for what is no mistake of form and can't be meant, or probably isn't. Not for a
    ///     policy that was adopted before: what is found in it later must not lock everybody out.
    ///   - file: finds what a `use` names, other than `standard`, by its path from the policy's folder without `.ntk`;
    ///     nil where there is no such file.
    ///   - folder: the paths of the policy files in a folder, in order; nil where there is no such folder.
    ///   - zone: finds a zone's table by name; nil where there is none.
    /// - Returns: the policy, if there were no errors, and all that there is to say.
    public static func read(
        _ sources: [SourceText], scenarios: [SourceText] = [], findings: Bool = true,
        file: (String) -> SourceText?,
        folder: (String) -> [String]? = { _ in nil }, zone: (String) -> ZoneTable?
    ) -> Result {
        var modules = Modules(roots: sources)
        modules.follow(file: file, folder: folder)
        let scenarioSources = modules.add(scenarios: scenarios)
        var checker = Checker(
            files: modules.parsed, sources: modules.sources, uses: modules.firstUses)
        checker.looksForFindings = findings && !modules.diagnostics.hasErrors
        let policy = checker.check(zone: zone)
        var diagnostics =
            modules.diagnostics + LookAlikes.diagnostics(for: modules.parsed)
            + checker.diagnostics
        // Nothing is wrong with what comes with us: what is said of it follows from a mistake elsewhere.
        let ours = modules.sources.firstIndex(of: standardVocabulary)
        let own = diagnostics.filter { $0.place.source != ours }
        if !own.isEmpty { diagnostics = own }
        // Two ways to read something fail over one mistake.
        var said: Set<Diagnostic> = []
        diagnostics.removeAll { !said.insert($0).inserted }
        return Result(
            policy: diagnostics.hasErrors ? nil : policy, sources: modules.sources,
            paths: modules.paths.map { "\($0).ntk" },
            scenarioSources: scenarioSources, diagnostics: gravest(of: diagnostics))
    }

    /// As many as are ever reported, in reading order; where there are more, errors go before the rest.
    private static func gravest(of diagnostics: [Diagnostic]) -> [Diagnostic] {
        let sorted = diagnostics.inReadingOrder()
        guard sorted.count > Lexer.mostMistakes else { return sorted }
        let errors = sorted.filter { $0.severity == .error }
        let others = sorted.filter { $0.severity != .error }
        return Array((errors + others).prefix(Lexer.mostMistakes)).inReadingOrder()
    }
}
