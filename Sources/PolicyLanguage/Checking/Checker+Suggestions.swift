import Diagnostics
import Facts

/// What could stand in the place of a value that does not fit.
extension Checker {
    /// Reports the word from which on a scenario's statement has no meaning.
    mutating func reportNotUnderstood(_ word: Name) {
        let phrases = vocabulary.kinds.flatMap(\.phrases) + vocabulary.events.flatMap(\.phrases)
        let said = phrases.flatMap(\.parts).compactMap { part -> String? in
            guard case .word(let word) = part else { return nil }
            return word
        }
        let names = vocabulary.kinds.flatMap(\.attributes.names)
        let joining = ["since", "until", "on", "at", "by", "with", "permit", "deny"]
        let known = said + names + joining
        // A word that is known stands in the wrong place: another would not mend that.
        let similar =
            known.contains(word.text) ? nil : Similarity.nearest(to: word.text, in: known)
        report(
            .statementNotUnderstood, [word.text], at: word.place,
            notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? [],
            fix: similar.flatMap { fix(word, with: $0, .maybe) })
    }

    /// Reports a word that is no case of an enumeration; one that is a case's label means that case, perhaps.
    mutating func reportUnknownCase(_ name: Name, of enumeration: String) {
        let cases = vocabulary.enumerations[enumeration]?.cases ?? []
        guard let labelled = cases.first(where: { $0.label == name.text }) else {
            reportUnknown(.unknownCase, name, [enumeration], among: cases.map(\.name))
            return
        }
        report(
            .unknownCase, [name.text, enumeration], at: name.place,
            notes: [Diagnostic.Note(.similarName, [labelled.name])],
            fix: fix(name, with: labelled.name, .maybe))
    }

    /// Reports a value of another type than is wanted; of an enumeration, with its cases.
    mutating func reportMisfit(_ expression: Expression, as type: ValueType) {
        var notes: [Diagnostic.Note] = []
        var fix: Fix?
        if case .enumeration(let name) = type {
            let cases = vocabulary.enumerations[name]?.cases ?? []
            notes = Diagnostic.Note.possibleNames(cases.map(\.name))
            // In quotation marks it is a text, which never is a case: nothing but the case can be meant.
            if case .text(let text) = expression.kind, cases.contains(where: { $0.name == text }) {
                fix = .replacing(expression.place, with: text, .sure)
            }
        }
        report(
            .valueDoesNotFit, [text(at: expression.place), type.written], at: expression.place,
            notes: notes, fix: fix)
    }
}
