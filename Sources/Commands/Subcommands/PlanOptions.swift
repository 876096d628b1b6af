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

    @Flag(help: "Print the plan as CSV.")
    var csv = false

    /// Prints a plan as was asked for.
    func show(_ plan: Plan, events: [String], isJSON: Bool, in session: Session) throws {
        let document = PlanDocument(
            plan, events: events, program: session.policy.digest,
            sequence: session.basis, zone: session.zone)
        if isJSON {
            try session.console.result(try JSONText.text(document))
        } else if csv {
            try session.console.result(document.csv)
        } else {
            try session.console.result(
                session.answerText().text(plan, rules: session.policy.program.rules, isWhole: each))
        }
    }
}
