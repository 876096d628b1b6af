import DecisionEngine
import DiagnosticText
import Facts
import Lifecycle
import SystemTime

extension Session {
    /// The facts, to go on from.
    var liveFacts: LiveFacts { LiveFacts(entries, vocabulary: vocabulary, zone: zone) }

    /// The facts, were something recorded; refused where it can't be.
    func facts(supposing content: LedgerEntry.Content, from source: String) throws -> FactBase {
        var facts = liveFacts
        let entry = LedgerEntry(sequence: facts.sequence + 1, source: source, content: content)
        if let problem = Intake.problems(with: [entry], after: facts).first {
            throw Refusal.failure(problem)
        }
        facts.append([entry])
        return facts.facts
    }

    /// What compares two states of the facts under the session's policy.
    func planner(before: FactBase, after: FactBase) throws -> Planner {
        do throws(PlanError) {
            return try Planner(
                program: policy.program, before: before, after: after, digest: policy.digest,
                now: SystemClock.now())
        } catch {
            guard case .tooManyCircumstances(let action) = error else { throw error }
            throw CommandFailure(
                .badInput,
                "the policy's rules about \(Visible.text(action)) tell too many circumstances apart to compare them all",
                "\(Visible.text(action)) についてポリシーが区別する状況が多すぎて、すべてを比べられません")
        }
    }
}
