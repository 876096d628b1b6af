import Diagnostics
import Facts

/// Looks through a policy without mistakes for what can't be meant, or probably isn't.
///
/// Each part adds its findings; the checker then leaves out what the policy accepts.
struct FindingSearch {
    /// How many conditions are looked at for all questions of one part together.
    static let mostSteps = 1_000_000
    /// How many conditions may lie inside each other; a policy with more does not compile.
    private static let deepest = 400

    /// A rule with its conditions in one spelling.
    struct Rule {
        let checked: CheckedRule
        let syntax: RuleSyntax
        /// What makes it apply: its class and its `when`.
        let applies: Condition
        let clauses: [(condition: Condition, text: String)]
        let onlyIf: Condition

        /// What gives it its effect, and how that must be: a permit's conditions true, a prohibition's not false.
        var effect: Want {
            switch checked.kind {
            case .permit: Want(applies, .isTrue)
            case .forbid, .oblige: Want(applies, .notFalse)
            case .require: Want(Condition.all([applies, .not(onlyIf)]), .notFalse)
            }
        }

        var name: String { checked.name }
    }

    let policy: CheckedPolicy
    let written: Written
    let declarations: [Declaration]
    /// The source that holds the standard vocabulary, if it is used.
    let standardSource: Int?
    let terms: Terms
    let rules: [Rule]
    var findings: [Finding] = []

    init(
        policy: CheckedPolicy, written: Written, declarations: [Declaration], standardSource: Int?
    ) {
        self.policy = policy
        self.written = written
        self.declarations = declarations
        self.standardSource = standardSource
        let terms = Terms(
            vocabulary: policy.vocabulary, zone: policy.zone, rules: policy.rules)
        self.terms = terms
        rules = written.rules.compactMap { FindingSearch.rule($0, terms) }
    }

    private static func rule(
        _ written: (checked: CheckedRule, syntax: RuleSyntax), _ terms: Terms
    ) -> Rule? {
        let checked = written.checked
        guard checked.outcome.isShallow(limit: deepest) else { return nil }
        let clauses = (checked.head + checked.when).map {
            (condition: terms.canonical($0.condition), text: $0.text)
        }
        return Rule(
            checked: checked, syntax: written.syntax,
            applies: .all(clauses.map(\.condition)), clauses: clauses,
            onlyIf: terms.canonical(.all(checked.onlyIf.map(\.condition))))
    }

    var permits: [Rule] { rules.filter { $0.checked.kind == .permit } }

    mutating func run() -> [Finding] {
        let idle = findRulesWithoutEffect()
        findRepeatedRules(besides: idle)
        findMissingNeedToKnow(besides: idle)
        findAttributesNothingSets()
        findWhatNobodyMayDo()
        findUnusedChecks()
        findWhatNoRuleMentions()
        return findings
    }

    // MARK: Saying

    mutating func add(
        _ code: DiagnosticCode, _ arguments: [String], at place: Place, site: Place,
        _ severity: Diagnostic.Severity, notes: [Diagnostic.Note] = []
    ) {
        findings.append(
            Finding(
                Diagnostic(code, arguments, at: place, severity: severity, notes: notes),
                site: code.mayBeAccepted ? site : nil))
    }

    mutating func add(
        _ code: DiagnosticCode, _ arguments: [String], about rule: Rule,
        _ severity: Diagnostic.Severity, notes: [Diagnostic.Note] = []
    ) {
        add(
            code, arguments, at: rule.syntax.head, site: rule.syntax.place, severity, notes: notes)
    }

    /// Says that the search stopped, once at each place.
    mutating func addStop(_ arguments: [String], at place: Place, site: Place) {
        let isSaid = findings.contains {
            $0.diagnostic.code == .searchStopped && $0.diagnostic.place == place
        }
        guard !isSaid else { return }
        add(
            .searchStopped, arguments, at: place, site: site, .note,
            notes: [Diagnostic.Note(.tooManyCases, [String(Search.mostCases)])])
    }

    mutating func addStop(about rule: Rule) {
        addStop([rule.name], at: rule.syntax.head, site: rule.syntax.place)
    }

    /// Whether a declaration is the policy's own and not the standard vocabulary's.
    func isOwn(_ place: Place) -> Bool { place.source != standardSource }
}
