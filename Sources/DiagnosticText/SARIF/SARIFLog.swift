package import Diagnostics
package import PolicyLanguage

/// Diagnostics in SARIF 2.1.0, the form that editors and CI services show.
///
/// Columns and offsets count UTF-16 code units, as the editors do; byte offsets stand beside them.
package struct SARIFLog: Encodable, Sendable {
    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    private let version = "2.1.0"
    private let runs: [SARIFRun]

    /// Puts diagnostics in SARIF.
    ///
    /// - Parameters:
    ///   - diagnostics: what there is to say.
    ///   - sources: what it is said of.
    ///   - mended: what was said before and has been mended; nil where nothing was to be.
    ///   - language: the language to say it in.
    ///   - toolVersion: the version of `ntk`.
    package init(
        _ diagnostics: [Diagnostic], sources: [SourceText], mended: [PolicyMender.Mended]? = nil,
        language: Language, toolVersion: String
    ) {
        let codes = diagnostics.map(\.code) + (mended ?? []).map(\.diagnostic.code)
        let rules = Set(codes).sorted { $0.rawValue < $1.rawValue }
        let writer = SARIFWriter(sources: sources, language: language)
        runs = [
            SARIFRun(
                tool: SARIFRun.Tool(
                    driver: SARIFRun.Driver(
                        name: "ntk", version: toolVersion,
                        rules: rules.map { SARIFRule($0, language: language) })),
                language: language.rawValue,
                results: diagnostics.map { diagnostic in
                    writer.result(diagnostic, ruleIndex: rules.firstIndex(of: diagnostic.code) ?? 0)
                },
                properties: mended.map { mended in
                    SARIFRun.Properties(
                        mended: mended.compactMap { done in
                            SARIFWriter(sources: done.sources, language: language)
                                .mended(done.diagnostic)
                        })
                })
        ]
    }
}

/// One run of `ntk`.
struct SARIFRun: Encodable, Sendable {
    struct Tool: Encodable, Sendable {
        let driver: Driver
    }

    struct Driver: Encodable, Sendable {
        let name: String
        let version: String
        let rules: [SARIFRule]
    }

    /// What SARIF has no place for.
    struct Properties: Encodable, Sendable {
        /// What `--fix` mended; places are those before it did.
        let mended: [SARIFMended]
    }

    let tool: Tool
    let columnKind = "utf16CodeUnits"
    let language: String
    let results: [SARIFResult]
    let properties: Properties?
}

/// Text, as SARIF wraps it.
struct SARIFText: Encodable, Sendable {
    let text: String
}

/// A code, explained.
struct SARIFRule: Encodable, Sendable {
    struct Help: Encodable, Sendable {
        let text: String
        let markdown: String
    }

    let id: String
    let shortDescription: SARIFText
    let fullDescription: SARIFText
    let help: Help

    init(_ code: DiagnosticCode, language: Language) {
        id = code.rawValue
        let explanation = CodeExplanation.of(code)
        let cause = explanation?.cause(in: language) ?? ""
        let (before, after) = (explanation?.before.text ?? "", explanation?.after.text ?? "")
        shortDescription = SARIFText(text: explanation?.title(in: language) ?? code.rawValue)
        fullDescription = SARIFText(text: cause)
        let (first, second) = (language.pick("Before:", "直す前:"), language.pick("After:", "直した後:"))
        help = Help(
            text: "\(cause)\n\n\(first)\n\(before)\n\(second)\n\(after)",
            markdown: "\(cause)\n\n\(first)\n```\n\(before)```\n\(second)\n```\n\(after)```\n")
    }
}
