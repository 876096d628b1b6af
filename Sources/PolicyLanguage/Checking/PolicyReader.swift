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
    ///   - file: finds what a `use` names, other than `standard`; nil where there is no such file.
    ///   - zone: finds a zone's table by name; nil where there is none.
    /// - Returns: the policy, if there were no errors, and all that there is to say.
    public static func read(
        _ sources: [SourceText], file: (String) -> SourceText?, zone: (String) -> ZoneTable?
    ) -> Result {
        var all = sources
        var parsed: [FileSyntax] = []
        var diagnostics: [Diagnostic] = []
        var used: Set<String> = []
        var uses: [Int: Place] = [:]
        while parsed.count < all.count {
            let index = parsed.count
            let (syntax, found) = Parser.parse(all[index], index: index)
            diagnostics += found
            parsed.append(syntax)
            for use in syntax.uses where used.insert(use.text).inserted {
                uses[all.count] = use.place
                if use.text == "standard" {
                    all.append(standardVocabulary)
                } else if let source = file(use.text) {
                    all.append(source)
                } else {
                    diagnostics.append(unknownFile(use))
                }
            }
        }
        var checker = Checker(files: parsed, sources: all, uses: uses)
        let policy = checker.check(zone: zone)
        diagnostics += checker.diagnostics
        // Nothing is wrong with what comes with us: what is said of it follows from a mistake elsewhere.
        let own = diagnostics.filter { all[$0.place.source] != standardVocabulary }
        if !own.isEmpty { diagnostics = own }
        let sorted = Array(diagnostics.inReadingOrder().prefix(Lexer.mostMistakes))
        return Result(
            policy: sorted.hasErrors ? nil : policy, sources: all, diagnostics: sorted)
    }

    private static func unknownFile(_ use: Name) -> Diagnostic {
        let similar = Similarity.nearest(to: use.text, in: ["standard"])
        return Diagnostic(
            .unknownFile, [use.text], at: use.place,
            notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? [],
            fix: similar.map { .replacing(use.place, with: $0, .maybe) })
    }
}
