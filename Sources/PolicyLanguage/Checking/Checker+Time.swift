import Diagnostics
import Facts

/// Conditions about time.
extension Checker {
    mutating func temporal(_ expression: Expression, in scope: Scope) -> Condition? {
        switch expression.kind {
        case .since(let instant):
            return self.instant(instant, in: scope).map(Condition.reached)
        case .until(let instant):
            return until(instant, in: scope)
        case .elapsed(let instant, let elapse, let period, let beginning):
            let (period, begun) = (self.period(period), self.instant(beginning, in: scope))
            var other: Operand?
            if let instant {
                guard let found = self.instant(instant, in: scope) else { return nil }
                other = found
            }
            guard let period, let begun else { return nil }
            return .elapsed(other, period, after: begun, isOver: elapse == .atLeast)
        case .during(let window):
            return self.window(window).map(Condition.during)
        case .was(let inner, let instant):
            let (checked, time) = (
                condition(inner, in: scope), self.instant(instant, in: scope)
            )
            guard let checked, let time,
                canBeAskedOfAnotherTime(checked, mayHaveHeld: true, at: inner.place)
            else { return nil }
            return .at(time, checked)
        case .held(let inner, let period):
            let (checked, period) = (condition(inner, in: scope), self.period(period))
            guard let checked, let period,
                canBeAskedOfAnotherTime(checked, mayHaveHeld: false, at: inner.place)
            else { return nil }
            return .held(checked, period)
        default: return nil
        }
    }

    /// The date or instant that a name stands for, as it is written; anything else as it is.
    mutating func timeWritten(for expression: Expression, in scope: Scope) -> Expression {
        var (found, scope) = (expression, scope)
        while case .name(let name) = found.kind {
            guard scope.variables[name] == nil, let definition = definitions[name],
                meaning(of: name, at: found.place) != nil
            else { return expression }
            (found, scope) = (definition.expression, .request)
        }
        if case .time = found.kind { return found }
        return expression
    }

    /// As in regulations, a day is the last day, whatever names it.
    private mutating func until(_ expression: Expression, in scope: Scope) -> Condition? {
        let written = timeWritten(for: expression, in: scope)
        if case .time = written.kind {
            return constant(written, as: .lastDay).map { .not(.reached(.constant($0, .instant))) }
        }
        guard let (operand, type) = timed(expression, in: scope) else { return nil }
        guard type == .date, let day = Period(count: 1, unit: .days) else {
            return .not(.reached(operand))
        }
        return .not(.elapsed(nil, day, after: operand, isOver: true))
    }

    /// Whether a condition is about facts alone: a decision, and the hour, are asked of the request's time only.
    private mutating func canBeAskedOfAnotherTime(
        _ condition: Condition, mayHaveHeld: Bool, at place: Place
    ) -> Bool {
        for part in condition.subconditions {
            let word: String
            switch part {
            case .may: word = "may"
            case .during: word = "during"
            case .held where !mayHaveHeld: word = "for at least"
            default: continue
            }
            report(.notAtAnotherTime, [word], at: place)
            return false
        }
        return true
    }

    /// Something that is a point in time: a date, an attribute, when a record began.
    private mutating func instant(_ expression: Expression, in scope: Scope) -> Operand? {
        if case .time = expression.kind {
            return constant(expression, as: .instant).map { .constant($0, .instant) }
        }
        return timed(expression, in: scope)?.operand
    }

    private mutating func timed(_ expression: Expression, in scope: Scope) -> TypedOperand? {
        guard let typed = path(expression, in: scope) else {
            reportUnknownPath(expression, in: scope)
            return nil
        }
        switch typed.type {
        case .instant, .date, .lastDay: return typed
        default:
            report(
                .typesDiffer, [ValueType.instant.written, typed.type.written],
                at: expression.place)
            return nil
        }
    }

    /// A period written out, or that of a definition.
    mutating func period(_ syntax: PeriodSyntax) -> Period? {
        switch syntax {
        case .literal(let period, _): return period
        case .name(let name):
            guard definitions[name.text] != nil else {
                reportUnknown(.unknownName, name, among: definitionNames)
                return nil
            }
            switch meaning(of: name.text, at: name.place) {
            case .period(let period): return period
            case nil: return nil
            default:
                report(.notAPeriod, [name.text], at: name.place)
                return nil
            }
        }
    }

    private mutating func window(_ syntax: Expression.Window) -> Window? {
        switch syntax {
        case .clock(let from, let until):
            let (from, until) = (minutes(from), minutes(until))
            guard let from, let until else { return nil }
            return .clock(DailyHours(from: from, until: until))
        case .calendar(let name):
            guard vocabulary.calendars[name.text] != nil else {
                reportUnknown(.unknownCalendar, name, among: vocabulary.calendars.names)
                return nil
            }
            return .calendar(name.text)
        }
    }

    /// The minute of the day of `09:30`; 24:00 is the day's end.
    private mutating func minutes(_ clock: Name) -> Int? {
        let parts = clock.text.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[1] < 60, parts[0] * 60 + parts[1] <= 24 * 60 else {
            report(.malformedNumber, [clock.text], at: clock.place)
            return nil
        }
        return parts[0] * 60 + parts[1]
    }
}
