import Facts
import PolicyProgram

extension DecisionEngine {
    /// What goes with a permit: what these rules, which are not known not to apply, ask for.
    func obligations(of question: borrowing ResolvedRequest, rules: [Int]) -> [Obligation] {
        guard !rules.isEmpty else { return [] }
        var evaluator = ConditionEvaluator(
            tables, snapshot, question: question, time: question.time, trace: NoTrace())
        var obligations: Set<Obligation> = []
        for obligation in rules.flatMap({ program.rules[$0].obligations }) {
            var parameters: [String: Value] = [:]
            for parameter in obligation.parameters {
                parameters[parameter.name] = evaluator.value(of: parameter.value)
                    .flatMap { value(of: $0, type: parameter.type) }
            }
            obligations.insert(Obligation(name: obligation.name, parameters: parameters))
        }
        return obligations.sorted()
    }

    /// When a window that the rules about an action ask about next begins or ends.
    func nextWindowBoundary(of action: Int, after instant: Instant) -> Instant {
        windowsByAction[action].map { place in
            switch program.tables.windows[Int(place)] {
            case .clock(let hours): hours.nextBoundary(after: instant, in: program.zone)
            case .calendar:
                program.zone.start(of: program.zone.date(at: instant).advanced(byDays: 1))
            }
        }.min() ?? .distantFuture
    }
}
