import DecisionEngine
import DiagnosticText
import Facts
import Lifecycle
import SystemTime

extension Session {
    /// The facts, to go on from.
    var liveFacts: LiveFacts {
        LiveFacts(
            entries, facts: facts, problems: problems, vocabulary: vocabulary, zone: zone)
    }

    /// What would change of the facts, were something recorded; refused where it can't be.
    func change(
        supposing content: LedgerEntry.Content, from source: String
    ) throws -> FactChange {
        let facts = liveFacts
        let entry = LedgerEntry(sequence: facts.sequence + 1, source: source, content: content)
        if let problem = Intake.problems(with: [entry], after: facts).first {
            throw Refusal.failure(problem)
        }
        return facts.change(by: [entry])
    }

    /// What a change of the facts changes of access.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - before: the facts before it; nil for those of the session.
    ///   - events: the events that make it, for their duties.
    /// - Returns: the plan.
    /// - Throws: where the policy tells too many circumstances apart.
    func plan(
        of change: FactChange, from before: FactBase? = nil, for events: [Event] = []
    ) throws -> Plan {
        do throws(PlanError) {
            return try planner(from: before ?? facts).plan(of: change, for: events)
        } catch {
            throw Self.failure(error)
        }
    }

    /// What falls due by itself.
    func due(
        from start: Instant, until end: Instant, for people: [EntityID]?
    ) throws -> Plan {
        do throws(PlanError) {
            return try planner(from: facts).due(from: start, until: end, for: people)
        } catch {
            throw Self.failure(error)
        }
    }

    private func planner(from facts: FactBase) throws(PlanError) -> Planner {
        try Planner(
            program: policy.program, facts: facts, digest: policy.digest, now: SystemClock.now())
    }

    private static func failure(_ error: PlanError) -> CommandFailure {
        switch error {
        case .tooManyCircumstances(let action):
            CommandFailure(
                .badInput,
                "the policy's rules about \(Visible.text(action)) tell too many circumstances apart to compare them all",
                "\(Visible.text(action)) についてポリシーが区別する状況が多すぎて、すべてを比べられません")
        }
    }
}
