import DecisionEngine
import DiagnosticText
import Facts
import Lifecycle
import SystemTime

extension Session {
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
