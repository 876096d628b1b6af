import Diagnostics
import Facts

/// What a scenario expects of limits, entitlements and duties.
extension Checker {
    mutating func answer(
        _ first: Token, _ words: inout WordCursor, names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedAnswer {
        let answer: ExpectedAnswer =
            switch first.text {
            case "limit": try limit(&words, names)
            case "entitlement": try entitlement(&words, names)
            default: try duty(&words, names)
            }
        if let word = words.peek() { throw .notUnderstood(word) }
        return answer
    }

    // `limit whole of smelting exceeded at 2026-04-01`
    private mutating func limit(
        _ words: inout WordCursor, _ names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedAnswer {
        let name = try known(&words, .unknownRule, among: names.limits)
        var group: String?
        if words.take("of") {
            guard let word = words.next(), word.kind != .symbol else { throw .notUnderstood(nil) }
            group = word.text
        }
        guard let verdict = words.next() else { throw .notUnderstood(nil) }
        guard ["kept", "exceeded"].contains(verdict.text) else { throw .notUnderstood(verdict) }
        return .limit(
            name: name, group: group, isExceeded: verdict.text == "exceeded",
            at: try time(&words))
    }

    // `entitlement "cn=lithium" holds tanaka at 2026-04-01`
    private mutating func entitlement(
        _ words: inout WordCursor, _ names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedAnswer {
        let group = try known(&words, .unknownRule, among: names.entitlements)
        guard let verdict = words.next() else { throw .notUnderstood(nil) }
        guard ["holds", "lacks"].contains(verdict.text) else { throw .notUnderstood(verdict) }
        guard let subject = words.next(), subject.kind != .symbol else {
            throw .notUnderstood(nil)
        }
        return .entitlement(
            group: group, subject: person(subject), holds: verdict.text == "holds",
            at: try time(&words))
    }

    // `duty return laptop-3 by 2026-06-30`
    private mutating func duty(
        _ words: inout WordCursor, _ names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedAnswer {
        let verb = try known(&words, .unknownRule, among: names.verbs)
        guard let object = words.next(), object.kind != .symbol else { throw .notUnderstood(nil) }
        let by = words.take("by") ? try lastDay(&words) : nil
        return .duty(verb: verb, object: object.text, by: by)
    }

    private mutating func known(
        _ words: inout WordCursor, _ code: DiagnosticCode, among known: [String]
    ) throws(ScenarioMistake) -> String {
        guard let word = words.next(), word.kind != .symbol else { throw .notUnderstood(nil) }
        if !known.contains(word.text) {
            reportUnknown(code, Name(word.text, word.place), among: known)
        }
        return word.text
    }

    private func time(_ words: inout WordCursor) throws(ScenarioMistake) -> Instant {
        guard words.take("at") else { throw .notUnderstood(words.peek()) }
        return try instant(&words)
    }

    /// A date as the last day; an instant as it is.
    private func lastDay(_ words: inout WordCursor) throws(ScenarioMistake) -> Instant {
        guard let word = words.peek(), let date = TimeText.date(word.text) else {
            return try instant(&words)
        }
        words.advance()
        return zone.start(of: date.advanced(byDays: 1))
    }
}
