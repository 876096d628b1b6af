import Diagnostics

/// Why a rule is there, in the languages of its readers.
struct Reasons {
    /// The languages a reason may be given in.
    static let languages = ["en", "ja"]

    /// The reasons, by language.
    var texts: [String: String] = [:]
    /// Where each was said.
    var places: [String: Place] = [:]
}

extension Parser {
    // `ja "…"`
    mutating func reason(into reasons: inout Reasons) throws(ParseFailure) {
        let language = try name()
        let text = try text()
        guard Reasons.languages.contains(language.text) else {
            diagnostics.append(
                Diagnostic(
                    .unknownLanguage, [language.text], at: language.place,
                    notes: Diagnostic.Note.possibleNames(Reasons.languages)))
            return
        }
        if let before = reasons.places[language.text] {
            diagnostics.append(
                Diagnostic(
                    .reasonTwice, [language.text], at: language.place,
                    notes: [Diagnostic.Note(.saidHere, at: before)]))
            return
        }
        reasons.texts[language.text] = text.text
        reasons.places[language.text] = language.place
    }

    /// Whether a word and a text follow that begin no declaration, as the reason in another language does.
    var saysAnotherReason: Bool {
        current.kind == .identifier && peek().kind == .text
            && !Parser.reservedWords.contains(current.text)
    }
}
