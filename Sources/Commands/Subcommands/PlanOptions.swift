import ArgumentParser
import DiagnosticText
import Enforcement
import Facts
import Lifecycle
import PolicyProgram

/// How plans are shown.
struct PlanOptions: ParsableArguments {
    @Flag(help: "Name every resource and not only the first.")
    var each = false

    @Flag(help: "Show what stays on other grounds, too.")
    var keep = false

    @Flag(help: "Print the plan as CSV.")
    var csv = false

    @Option(
        help: ArgumentHelp(
            "Only count: by action, by person, or by an attribute of resources such as tier, projects, owner.",
            valueName: "what"))
    var by: String?

    func validate() throws {
        guard by == nil || !each && !csv else {
            throw ValidationError("--by takes neither --each nor --csv")
        }
    }

    /// Prints a plan as was asked for.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - events: the ids of what it is about.
    ///   - isJSON: whether to print it for programs.
    ///   - session: the session it was made in.
    ///   - sequence: the ledger's last statement that it follows from; nil for the session's.
    /// - Throws: where it can't be printed, or can't be counted so.
    func show(
        _ plan: Plan, events: [String], isJSON: Bool, in session: Session, sequence: Int64? = nil
    ) throws {
        let document = PlanDocument(
            keep ? plan : plan.withoutKept, rules: session.policy.program.rules, events: events,
            program: session.policy.digest,
            sequence: sequence ?? session.basis, zone: session.zone)
        if isJSON {
            try session.console.result(try JSONText.text(document))
        } else if let by {
            try session.console.result(try counts(of: plan, by: by, in: session))
        } else if csv {
            try session.console.result(document.csv)
        } else {
            try session.console.result(
                session.answerText().text(
                    plan, rules: session.policy.program.rules, isWhole: each, showsKept: keep))
        }
    }

    /// Refuses to count by what there is not.
    func check(_ vocabulary: Vocabulary) throws {
        guard let name = by else { return }
        let attributes = vocabulary.kinds.filter {
            vocabulary.isKind($0.name, Vocabulary.resourceKind)
        }.flatMap(\.attributes.names)
        let known = ["action", "person"] + Set(attributes).sorted()
        guard known.contains(name) else {
            let similar = Similarity.nearest(to: name, in: known)
            throw CommandFailure(
                .usage,
                "--by takes \(known.joined(separator: ", ")), not \(Visible.text(name))"
                    + (similar.map { "; is it \($0)?" } ?? ""),
                "--by には \(known.joined(separator: "、")) を指定してください: \(Visible.text(name))")
        }
    }

    private func counts(of plan: Plan, by name: String, in session: Session) throws -> String {
        let vocabulary = session.vocabulary
        try check(vocabulary)
        return session.answerText().counts(of: plan, by: name, showsKept: keep) {
            resource, instant in
            guard let history = session.facts[resource] else { return [] }
            let value =
                history.value(of: name, at: instant)?.value
                ?? vocabulary.kinds[history.kind]?.attributes[name]?.defaultValue
            guard case .set(let members)? = value else { return value.map { [$0] } ?? [] }
            return Array(members).sorted { "\($0)" < "\($1)" }
        }
    }
}
