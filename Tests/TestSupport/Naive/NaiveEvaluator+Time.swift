import Facts
import PolicyLanguage

/// §4.3: conditions about time.
extension NaiveEvaluator {
    func temporalTruth(of condition: Condition, in scope: Scope) -> Bool? {
        switch condition {
        case .reached(let operand):
            return instant(operand, in: scope).map { scope.time >= $0 }
        case .elapsed(let operand, let period, after: let beginning, let isOver):
            var asked = scope.time
            if let operand {
                guard let instant = instant(operand, in: scope) else { return nil }
                asked = instant
            }
            guard let beginning = instant(beginning, in: scope) else { return nil }
            let end = period.end(from: beginning, in: policy.zone)
            return isOver ? asked >= end : beginning <= asked && asked < end
        case .during(let window): return isOpen(window, in: scope)
        case .at(let operand, let inner):
            guard let instant = instant(operand, in: scope) else { return nil }
            var scope = scope
            scope.time = instant
            return truth(of: inner, in: scope)
        case .held(let inner, let period): return hasHeld(inner, for: period, in: scope)
        default: return nil
        }
    }

    private func instant(_ operand: Operand, in scope: Scope) -> Instant? {
        guard case .instant(let instant) = value(of: operand, in: scope) else { return nil }
        return instant
    }

    /// In a plan, windows stay open questions: the world that is looked at answers them.
    private func isOpen(_ window: Window, in scope: Scope) -> Bool? {
        if case .boolean(let isOpen) = scope.question.context[window.written] { return isOpen }
        switch window {
        case .clock(let hours): return hours.contains(scope.time, in: policy.zone)
        case .calendar(let name):
            return policy.vocabulary.isDay(of: name, at: scope.time, in: policy.zone)
        }
    }

    /// Tries every stretch, from one change of anything to the next, that reaches into the period.
    private func hasHeld(_ inner: Condition, for period: Period, in scope: Scope) -> Bool? {
        var truths = [truth(of: inner, in: scope)]
        let earlier = boundaries.filter { $0 <= scope.time }
        for (index, boundary) in earlier.enumerated()
        where period.end(from: boundary, in: policy.zone) > scope.time {
            // What was before this change reaches into the period.
            var before = scope
            before.time =
                index == 0 ? boundary.advanced(bySeconds: -1) : earlier[index - 1]
            truths.append(truth(of: inner, in: before))
        }
        return conjunction(truths)
    }
}
