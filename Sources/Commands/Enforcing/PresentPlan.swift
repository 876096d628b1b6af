import DecisionEngine
import DiagnosticText
import Enforcement
import Facts
import Ledger

/// Plans that are still the plans of what is recorded.
enum PresentPlan {
    /// Refuses a plan of other facts, of another policy, or of events that aren't recorded.
    static func check(_ file: PlanFile, in session: Session, at path: String) throws {
        let recorded = Set(
            session.entries.compactMap { entry in
                if case .event(let event) = entry.content { event.id } else { nil }
            })
        if let event = file.events.first(where: { !recorded.contains($0) }) {
            throw CommandFailure(
                .no,
                "event `\(Visible.text(event))` of the plan is not in the ledger: record it with `ntk import`, and plan with --recorded. Nothing was done",
                "計画のイベント `\(Visible.text(event))` が台帳にありません。`ntk import` で記録し、--recorded で計画を作り直してください。何も行っていません"
            )
        }
        guard file.program == session.policy.digest, file.sequence == session.basis else {
            let changed = try LedgerAccess.run(path) {
                try session.ledger.journal(limit: 10)
            }.filter { $0.sequence > file.sequence && $0.isStatement }
            let shown = changed.reversed().prefix(5).map { LogCommand.List.text(of: $0) }
            let list = shown.isEmpty ? "" : ":\n  " + shown.joined(separator: "\n  ")
            throw CommandFailure(
                .no,
                "facts or the policy have moved on since the plan was made (sequence \(file.sequence), now \(session.basis)); plan again. Nothing was done\(list)",
                "計画を作った後に事実またはポリシーが変わりました（通番 \(file.sequence)、現在 \(session.basis)）。計画を作り直してください。何も行っていません\(list)"
            )
        }
    }
}
