import Diagnostics

struct HeaderSyntax: Hashable, Sendable {
    let name: Name
    let version: String
    let zone: Name
}

/// `use standard`, `use "rules/travel"`, `use "rules/"`.
struct UseSyntax: Hashable, Sendable {
    let target: Name
    /// Whether it was written in quotation marks, as a path.
    let isPath: Bool
}

enum Declaration: Hashable, Sendable {
    case kind(KindSyntax)
    case enumeration(EnumerationSyntax)
    case action(ActionSyntax)
    case context(ContextSyntax)
    case check(CheckSyntax)
    case source(SourceSyntax)
    case purpose(PurposeSyntax)
    case table(TableSyntax)
    case list(ListSyntax)
    case calendar(CalendarSyntax)
    case definition(DefinitionSyntax)
    case event(EventSyntax)
    case rule(RuleSyntax)
    case lease(LeaseSyntax)
    case limit(LimitSyntax)
    case upon(UponSyntax)
    case entitlement(EntitlementSyntax)
    case scenario(ScenarioSyntax)
}

/// One parsed source: what its declarations say, and the tree that keeps every byte of it.
struct FileSyntax: Sendable {
    var header: HeaderSyntax?
    var isVocabulary = false
    var uses: [UseSyntax] = []
    /// What other files may use; nil where that is everything.
    var exports: [Name]?
    var declarations: [Declaration] = []
    /// Names of declarations that could not be read, so that their users aren't blamed for it.
    var brokenNames: Set<String> = []
    var tree = SyntaxTree(tokens: [], nodes: [])
}
