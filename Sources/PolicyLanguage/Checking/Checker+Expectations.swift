import Diagnostics
import Facts

/// What a scenario expects: decisions, and rows of the plan that its events make.
extension Checker {
    /// The names of all obligations that rules declare, those of rules with a mistake among them.
    func obligationNames() -> [String] {
        var names: Set<String> = []
        for case .rule(let syntax) in declarations {
            names.formUnion(syntax.obligations.map(\.name.text))
        }
        return names.sorted()
    }

    mutating func readExpectation(
        _ words: inout WordCursor, _ statement: ScenarioStatement,
        into builder: inout ScenarioBuilder, names: ExpectationNames
    ) throws(ScenarioMistake) {
        guard let first = words.next() else { throw .notUnderstood(nil) }
        let content: CheckedScenario.Expectation.Content
        switch first.text {
        case "permit", "deny":
            content = .decision(
                try decision(
                    &words, isPermitted: first.text == "permit", at: statement.place, names: names))
        case "no":
            guard words.take("change"), words.take("for"), let subject = words.next(),
                words.isAtEnd
            else { throw .notUnderstood(words.peek()) }
            content = .noChange(subject: person(subject))
        case "limit", "entitlement", "duty":
            content = .answer(try answer(first, &words, names: names))
        case "cases":
            return try readCases(&words, into: &builder, names: names)
        default:
            guard let kind = ExpectedChange.Kind(rawValue: first.text) else {
                throw .notUnderstood(first)
            }
            content = .change(try change(&words, kind, at: statement.place, names: names))
        }
        builder.expectations.append(
            CheckedScenario.Expectation(content: content, place: statement.place))
    }

    // `tanaka view drawing-7 at 2026-03-31 by unit obliging record until 2026-04-01`
    private mutating func decision(
        _ words: inout WordCursor, isPermitted: Bool, at place: Place, names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedDecision {
        let about = try requestWords(&words)
        let parts = try parts(
            &words, of: ["at", "by", "obliging", "until", "forever", "with"], at: place,
            names: names)
        return ExpectedDecision(
            isPermitted: isPermitted, subject: person(about.subject), action: about.action.text,
            resource: resource(about.resource), time: parts.time, context: parts.context,
            rules: parts.rules, obligations: parts.obligations, end: parts.end)
    }

    // `tanaka edit drawing-7 from 2026-04-01 by unit`
    private mutating func change(
        _ words: inout WordCursor, _ kind: ExpectedChange.Kind, at place: Place,
        names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedChange {
        let about = try requestWords(&words)
        let parts = try parts(
            &words, of: ["from", "by", "until", "forever"], at: place, names: names)
        return ExpectedChange(
            kind: kind, subject: person(about.subject), action: about.action.text,
            resource: resource(about.resource), time: parts.time, end: parts.end,
            rules: parts.rules)
    }

    // MARK: Who, what, with what

    private mutating func requestWords(
        _ words: inout WordCursor
    ) throws(ScenarioMistake) -> (subject: Token, action: Token, resource: Token) {
        guard let subject = words.next(), let action = words.next(), let resource = words.next()
        else { throw .notUnderstood(nil) }
        for word in [subject, action, resource] where word.kind == .symbol {
            throw .notUnderstood(word)
        }
        checkAction(action)
        return (subject, action, resource)
    }

    mutating func checkAction(_ action: Token) {
        guard !vocabulary.actionNames.contains(action.text) else { return }
        reportUnknown(
            .unknownAction, Name(action.text, action.place), [Vocabulary.resourceKind],
            among: vocabulary.actionNames)
    }

    func person(_ word: Token) -> EntityID { vocabulary.subject(word.text) }

    func resource(_ word: Token) -> EntityID { vocabulary.resource(word.text) }

    // MARK: Parts

    /// What an expectation says after who, what and with what.
    private struct Parts {
        var time = Instant.distantPast
        var rules: [String] = []
        var obligations: [String]?
        var end: ExpectedEnd?
        var context: [String: Value] = [:]
    }

    /// Reads the parts, the first of which must be among them.
    private mutating func parts(
        _ words: inout WordCursor, of known: [String], at place: Place, names: ExpectationNames
    ) throws(ScenarioMistake) -> Parts {
        var parts = Parts()
        var said: Set<String> = []
        while let word = words.next() {
            guard known.contains(word.text) else { throw .notUnderstood(word) }
            var part = word.text == "forever" ? "until" : word.text
            switch word.text {
            case "at", "from": parts.time = try instant(&words)
            case "by": parts.rules = try ruleNames(&words, names)
            case "obliging": parts.obligations = try obligationNames(&words, names)
            case "until": parts.end = .at(try instant(&words))
            case "forever": parts.end = .never
            default:
                let (name, value) = try contextValue(&words)
                parts.context[name] = value
                part = "with \(name)"
            }
            if !said.insert(part).inserted { report(.saidTwice, [part], at: word.place) }
        }
        if !said.contains(known[0]) { report(.expectationLacks, [known[0]], at: place) }
        return parts
    }

    mutating func ruleNames(
        _ words: inout WordCursor, _ names: ExpectationNames
    ) throws(ScenarioMistake) -> [String] {
        try listed(&words, .unknownRule, among: names.rules)
    }

    /// The obligations, each once, in order of name; none for `nothing`.
    mutating func obligationNames(
        _ words: inout WordCursor, _ names: ExpectationNames
    ) throws(ScenarioMistake) -> [String] {
        if words.take("nothing") { return [] }
        return Set(try listed(&words, .unknownObligation, among: names.obligations)).sorted()
    }

    private mutating func listed(
        _ words: inout WordCursor, _ code: DiagnosticCode, among known: [String]
    ) throws(ScenarioMistake) -> [String] {
        var names: [String] = []
        repeat {
            guard let word = words.next(), word.kind != .symbol else { throw .notUnderstood(nil) }
            if !known.contains(word.text) {
                reportUnknown(code, Name(word.text, word.place), among: known)
            }
            names.append(word.text)
        } while words.take(",")
        return names
    }

    private mutating func contextValue(
        _ words: inout WordCursor
    ) throws(ScenarioMistake) -> (String, Value) {
        guard let group = words.next() else { throw .notUnderstood(nil) }
        var name = group.text
        if words.take(".") {
            guard let member = words.next() else { throw .notUnderstood(nil) }
            name += ".\(member.text)"
        }
        guard let declaration = vocabulary.contexts[name] else { throw .notUnderstood(group) }
        return (name, try contextValue(&words, of: declaration, at: group.place))
    }

    /// A value for a declared part of the context.
    func contextValue(
        _ words: inout WordCursor, of declaration: Vocabulary.ContextDeclaration, at place: Place
    ) throws(ScenarioMistake) -> Value {
        guard let raw = words.value() else { throw .notUnderstood(words.peek()) }
        do throws(FactProblem) {
            return try vocabulary.value(
                raw, as: declaration.type, name: declaration.name, zone: zone)
        } catch {
            throw .problem(error, place)
        }
    }
}

/// The names of the policy that an expectation may use.
struct ExpectationNames {
    let rules: [String]
    let obligations: [String]
    let limits: [String]
    let entitlements: [String]
    let verbs: [String]
}

extension CheckedScenario.Expectation {
    /// Whom and what it speaks of.
    var entities: [EntityID] {
        switch content {
        case .decision(let decision): [decision.subject, decision.resource]
        case .change(let change): [change.subject, change.resource]
        case .noChange(let subject): [subject]
        case .answer(.entitlement(_, let subject, _, _)): [subject]
        case .answer: []
        }
    }
}
