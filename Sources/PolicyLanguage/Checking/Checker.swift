import Diagnostics
import Facts

/// Resolves names and checks types, over all files of a policy together.
///
/// Works in passes, each of which reports its own mistakes and leaves the next what it could make sense
/// of; a name whose declaration is broken is not reported again where it is used.
struct Checker {
    /// The most conditions one rule or definition may come to, definitions written out.
    static let largestCondition = 20_000

    /// After how many mistakes similar names are no longer looked for.
    static let mostHints = 100

    /// How many definitions may rest on each other in a row.
    static let longestChain = 200

    let files: [FileSyntax]
    let sources: [SourceText]
    /// Where each source is asked for by a `use`, by its index.
    let uses: [Int: Place]
    var diagnostics: [Diagnostic] = []
    /// Whether to look for what is no mistake and probably not meant.
    var looksForFindings = true
    /// What rules and the like say, beside what they were checked to mean.
    var written = Written()
    var vocabulary = Vocabulary()
    /// Sets of whose members `every` is true where there are none, and kinds of record.
    var emptySets: Set<DeclaredAttribute> = []
    var emptyRecords: Set<String> = []
    var zone = ZoneTable.utc

    /// What all files declare, extensions and replacements worked in.
    private(set) var declarations: [Declaration] = []
    /// Where each definition, table and list is declared, and what each file lets others use of its own.
    var homes: [String: Place] = [:]
    var exportsByFile: [Int: Set<String>] = [:]
    /// Where each name was declared, to point there when it is declared again.
    private var declared: [String: Place] = [:]
    /// Names whose declarations couldn't be read.
    var brokenNames: Set<String> = []
    /// Types that were found missing.
    private var reportedTypes: Set<String> = []
    /// Definitions and derived attributes as written.
    var definitions: [String: DefinitionSyntax] = [:]
    var derived: [String: [String: DerivedSyntax]] = [:]
    var moments: [String: [String: MomentSyntax]] = [:]
    /// Definitions that have been checked; nil inside for those with a mistake.
    var checkedDefinitions: [String: Meaning?] = [:]
    var checkedDerived: [String: DerivedCondition?] = [:]
    /// What is being checked right now, to find definitions in circles.
    var underway: [String] = []
    var nextVariable = 0
    /// How many conditions what is being checked has come to, definitions written out.
    var size = 0
    /// The same for each definition and derived attribute that has been checked.
    var sizes: [String: Int] = [:]
    /// The same for all that has been checked.
    var totalSize = 0
    /// How many conditions stand around what is being checked, how deep it has gone, and how deep each
    /// definition and derived attribute goes.
    var nesting = 0
    var deepestNesting = 0
    var depths: [String: Int] = [:]
    /// The longest path of attributes from `self` in each derived attribute.
    var selfPaths: [String: Int] = [:]
    /// The names of the definitions, in order, to find a similar one.
    var definitionNames: [String] = []
    /// What each rule reads, where a group has asked.
    var readByRules: [String: WhatIsRead] = [:]
    /// The words of each definition that a rule has used.
    var definitionTexts: [String: String] = [:]

    /// What a name of a definition stands for.
    enum Meaning {
        case condition(Condition)
        /// A value, or where to read one.
        case operand(Operand, ValueType)
        case period(Period)
        case template(Template)
    }

    /// A definition with parameters: a condition about the variables that stand for them.
    struct Template {
        let parameters: [(id: Int, type: ValueType)]
        let condition: Condition
    }

    /// A derived attribute's condition, about the variable `selfVariable`.
    struct DerivedCondition {
        let selfVariable: Int
        let condition: Condition
    }

    init(files: [FileSyntax], sources: [SourceText], uses: [Int: Place]) {
        self.files = files
        self.sources = sources
        self.uses = uses
        brokenNames = files.reduce(into: []) { $0.formUnion($1.brokenNames) }
    }

    mutating func check(zone find: (String) -> ZoneTable?) -> CheckedPolicy? {
        guard keepsToLimits() else { return nil }
        let header = header(find)
        declarations = mergedDeclarations()
        collectExports()
        collectDefinitions()
        collectEnumerations()
        reportNeeds()
        collectSourcesAndPurposes()
        collectKinds()
        collectTablesAndLists()
        collectActionsAndContexts()
        collectChecks()
        collectEvents()
        checkDefinitions()
        let rules = checkRules()
        let leases = checkLeases()
        checkActionCycles(rules)
        checkWhatObligationsAsk(rules)
        let limits = checkLimits()
        let duties = checkDuties()
        let entitlements = checkEntitlements(rules: rules)
        let scenarios = checkScenarios(
            rules: rules, limits: limits, duties: duties, entitlements: entitlements)
        checkAcceptances()
        guard let header else { return nil }
        let policy = CheckedPolicy(
            name: header.name.text, version: header.version, zone: self.zone,
            vocabulary: vocabulary, rules: rules, leases: leases, limits: limits, duties: duties,
            entitlements: entitlements, scenarios: scenarios)
        if looksForFindings, !diagnostics.hasErrors { addFindings(policy) }
        return policy
    }

    private mutating func header(_ find: (String) -> ZoneTable?) -> HeaderSyntax? {
        let headers = files.compactMap(\.header)
        guard let header = headers.first else {
            if !brokenNames.isEmpty { return nil }
            diagnostics.append(Diagnostic(.missingHeader, at: .beginning))
            return nil
        }
        for other in headers.dropFirst() {
            reportAgain("policy", at: other.name.place, before: header.name.place)
        }
        if let table = find(header.zone.text) {
            zone = table
        } else {
            report(.unknownZone, [header.zone.text], at: header.zone.place)
        }
        return header
    }

    // MARK: Reports

    mutating func report(
        _ code: DiagnosticCode, _ arguments: [String] = [], at place: Place,
        notes: [Diagnostic.Note] = [], fix: Fix? = nil
    ) {
        diagnostics.append(Diagnostic(code, arguments, at: place, notes: notes, fix: fix))
    }

    /// Whether so much is wrong that nobody reads on.
    var hasGivenUp: Bool { diagnostics.count >= Lexer.mostMistakes }

    /// Reports a name nobody declared, unless its declaration is there and broken.
    mutating func reportUnknown(
        _ code: DiagnosticCode, _ name: Name, _ more: [String] = [], among known: [String]
    ) {
        guard !brokenNames.contains(name.text), !more.contains(where: brokenNames.contains),
            !hasGivenUp
        else { return }
        // A type that is missing is missing everywhere; once is enough.
        if code == .unknownType, !reportedTypes.insert(name.text).inserted { return }
        // Nobody reads hints at the hundredth mistake, and finding them takes the most time of all.
        if diagnostics.count >= Checker.mostHints {
            report(code, [name.text] + more, at: name.place)
            return
        }
        var notes: [Diagnostic.Note] = []
        var fix: Fix?
        if let similar = Similarity.nearest(to: name.text, in: known) {
            notes.append(Diagnostic.Note(.similarName, [similar]))
            fix = self.fix(name, with: similar, .maybe)
        } else {
            notes = Diagnostic.Note.possibleNames(known)
        }
        report(code, [name.text] + more, at: name.place, notes: notes, fix: fix)
    }

    /// Puts another name in a name's place, where it is the whole of what stands there.
    func fix(_ name: Name, with other: String, _ applicability: Fix.Applicability) -> Fix? {
        guard sources[name.place.source].text(in: name.place.span) == name.text else { return nil }
        return .replacing(name.place, with: other, applicability)
    }

    mutating func reportAgain(_ name: String, at place: Place, before: Place) {
        // Whoever wrote the policy can change the policy, and not the vocabulary.
        let isFixed = files[place.source].isVocabulary && !files[before.source].isVocabulary
        let (place, before) = isFixed ? (before, place) : (place, before)
        report(
            .declaredTwice, [name], at: place,
            notes: [Diagnostic.Note(.declaredHere, [name], at: before)])
    }

    /// Notes a declaration; reports it if the name is taken in its space of names.
    mutating func declare(_ name: Name, in space: String) -> Bool {
        let key = "\(space) \(name.text)"
        if let before = declared[key] {
            reportAgain(name.text, at: name.place, before: before)
            return false
        }
        declared[key] = name.place
        return true
    }

    /// The words at a place in NFC, spaced as the formatter spaces them on one line.
    ///
    /// - Complexity: linear in the words there, and logarithmic in those of the file.
    func text(at place: Place) -> String {
        let source = sources[place.source]
        let tokens = files[place.source].tree.tokens
        let first = firstToken(at: place.span.lower, in: tokens)
        var text: [UInt8] = []
        text.reserveCapacity(place.span.upper - place.span.lower)
        for index in first..<tokens.count {
            let span = tokens[index].place.span
            guard span.upper <= place.span.upper, span.lower < span.upper else { break }
            if index > first {
                let earlier = index > first + 1 ? tokens[index - 2] : nil
                if Spacing.isSpaced(tokens[index - 1], tokens[index], after: earlier) {
                    text.append(UInt8(ascii: " "))
                }
            }
            text += source.bytes[span.lower..<span.upper]
        }
        return NormalForm.composed(String(decoding: text, as: UTF8.self))
    }

    /// The first token that begins at `offset` or after it.
    private func firstToken(at offset: Int, in tokens: [Token]) -> Int {
        var (low, high) = (0, tokens.count)
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].place.span.lower < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
