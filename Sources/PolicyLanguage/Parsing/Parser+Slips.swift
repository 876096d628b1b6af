import Diagnostics
import Facts

/// Slips after which what was meant is plain: they are reported, and reading goes on as if they were mended.
extension Parser {
    /// The words that join what a rule says to what stands before.
    private static let joiningWords: Set<String> = [
        "when", "where", "only", "because", "cites", "and", "within",
    ]

    /// The word that begins a declaration.
    ///
    /// The words are few and closed: one that is a single letter away, at the beginning of a line, is that word.
    mutating func declarationWord() throws(ParseFailure) -> Token {
        let word = current
        if word.kind == .identifier, Parser.declarationWords.contains(word.text) {
            advance()
            return word
        }
        // A line that goes on is a rule's, with a slip in the word that should join it.
        let isBeginning = word.indentation == 0
        let known = Parser.declarationWords.union(isBeginning ? [] : Parser.joiningWords)
        guard word.kind == .identifier,
            let similar = Similarity.nearest(to: word.text, in: known.sorted())
        else {
            report(.unknownDeclaration, [shown(word)], at: word.place)
            throw ParseFailure()
        }
        let isPlain = isBeginning && isOneSlip(from: word.text, to: similar)
        diagnostics.append(
            Diagnostic(
                .unknownDeclaration, [word.text], at: word.place,
                notes: [Diagnostic.Note(.similarName, [similar])],
                fix: .replacing(word.place, with: similar, isPlain ? .sure : .maybe)))
        guard isPlain else { throw ParseFailure() }
        advance()
        return Token(
            kind: .identifier, text: similar, place: word.place, triviaStart: word.triviaStart,
            indentation: word.indentation)
    }

    /// Whether one slip of the hand leads to `word`, and to no other that begins a declaration.
    private func isOneSlip(from written: String, to word: String) -> Bool {
        guard word.count >= 5, Similarity.distance(written, word) == 1 else { return false }
        return Parser.declarationWords.allSatisfy {
            $0 == word || Similarity.distance(written, $0) > 2
        }
    }

    /// Takes a word that is a single slip away from the only one that can stand here.
    mutating func takeSlip(of word: String) -> Bool {
        guard current.kind == .identifier, word.count >= 4,
            Similarity.distance(current.text, word) == 1
        else { return false }
        takeInstead(of: word)
        return true
    }

    /// Takes the current word for another, which is the one that is meant.
    private mutating func takeInstead(of word: String) {
        diagnostics.append(
            Diagnostic(
                .expected, ["`\(word)`", current.text], at: current.place,
                fix: .replacing(current.place, with: word, .sure)))
        advance()
    }

    /// Whether a word is `and` or `or` in capitals, as other languages write them.
    func isJoiningInCapitals(_ word: Token) -> Bool {
        word.kind == .identifier && ["AND", "And", "OR", "Or"].contains(word.text)
    }

    /// Takes `and` or `or` where it is written in capitals.
    mutating func takeCapitals(of word: String) -> Bool {
        guard isJoiningInCapitals(current), current.text.lowercased() == word else { return false }
        takeInstead(of: word)
        return true
    }

    mutating func reportMalformedPeriod(_ count: Int, _ unit: Name, at place: Place) {
        let similar = Similarity.nearest(to: unit.text, in: Period.Unit.allCases.map(\.rawValue))
        diagnostics.append(
            Diagnostic(
                .malformedPeriod, ["\(count) \(unit.text)"], at: place,
                notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? [],
                fix: similar.map { .replacing(unit.place, with: $0, .maybe) }))
    }

    /// The name of a rule, where the colon after it was forgotten; nil where none was.
    ///
    /// Before `any` nothing but a name can stand; before an action it may be another action, without its comma.
    mutating func ruleNameWithoutColon() -> Name? {
        let (name, next, after) = (current, peek(), peek(2))
        guard name.kind == .identifier, name.text != "any", next.kind == .identifier,
            next.text != "on", after.isWord("on") || after.isSymbol(",")
        else { return nil }
        let end = name.place.span.upper
        let place = Place(source: name.place.source, span: SourceText.Span(end, end))
        diagnostics.append(
            Diagnostic(
                .missingColon, [name.text], at: name.place,
                fix: .replacing(place, with: ":", next.text == "any" ? .sure : .maybe)))
        advance()
        return Name(name.text, name.place)
    }

    // MARK: Braces

    /// The closing brace of what the token at `opening` opened.
    ///
    /// Where the file ends, or the next declaration begins, it was forgotten. If all that follows closes no more than
    /// it opens, it can have been forgotten nowhere but before that, and reading goes on. If besides nothing is wrong
    /// with what it would close, that is how it was meant.
    ///
    /// - Parameters:
    ///   - opening: the opening brace, by its index among the tokens.
    ///   - others: what else might stand here instead of the brace.
    /// - Throws: where something else stands here, or where it was forgotten is not plain.
    mutating func closeBrace(
        openedAt opening: Int, or others: String? = nil
    ) throws(ParseFailure) {
        guard !takeSymbol("}") else { return }
        guard current.kind == .end || startsDeclaration else {
            throw expected(others.map { "\($0) or `}`" } ?? "`}`")
        }
        let place = placeAfterPrevious
        let isOnlyPlace = surplusClosings[position] == 0
        let isClosedInside = tokens[opening + 1..<position].reduce(0, Parser.openBraces) == 0
        let isWell =
            isClosedInside
            && !diagnostics.contains {
                $0.place.lies(in: tokens[opening].place.union(place))
            }
        diagnostics.append(
            Diagnostic(
                .unclosedBrace, at: place,
                notes: [Diagnostic.Note(.openedHere, at: tokens[opening].place)],
                fix: isOnlyPlace && isWell ? closingFix(openedAt: opening, lastAt: place) : nil))
        guard isOnlyPlace else { throw ParseFailure() }
    }

    /// Closes on the same line what was opened there, and anything else on a line of its own.
    private func closingFix(openedAt opening: Int, lastAt place: Place) -> Fix {
        guard tokens[opening + 1..<position].contains(where: \.beginsLine) else {
            let first = tokens[opening + 1]
            let isSpaced = first.triviaStart < first.place.span.lower
            return .replacing(place, with: isSpaced ? " }" : "}", .sure)
        }
        let line = sourceText.bytes(
            ofLine: sourceText.line(at: place.span.lower))
        let end = SourceText.Span(line.endIndex, line.endIndex)
        return .replacing(Place(source: place.source, span: end), with: "\n}", .sure)
    }

    static func surplusClosings(in tokens: [Token]) -> [Int] {
        var surplus = [Int](repeating: 0, count: tokens.count + 1)
        for index in tokens.indices.reversed() {
            surplus[index] = max(0, surplus[index + 1] - openBraces(0, tokens[index]))
        }
        return surplus
    }

    /// How many braces are open after a token.
    private static func openBraces(_ before: Int, _ token: Token) -> Int {
        token.isSymbol("{") ? before + 1 : token.isSymbol("}") ? before - 1 : before
    }
}
