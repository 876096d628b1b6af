import Diagnostics

/// Scenarios: a title and statements, one to a line or parted by semicolons.
extension Parser {
    mutating func scenario() throws(ParseFailure) -> ScenarioSyntax {
        let title = try text()
        let opening = position
        let node = begin(.block)
        defer { end(node) }
        try expectSymbol("{")
        var statements: [ScenarioStatement] = []
        while !current.isSymbol("}"), current.kind != .end, !startsDeclaration {
            let statement = statement()
            if !statement.tokens.isEmpty { statements.append(statement) }
        }
        try closeBrace(openedAt: opening)
        return ScenarioSyntax(title: title, statements: statements)
    }

    private mutating func statement() -> ScenarioStatement {
        let node = begin(.statement)
        defer { end(node) }
        var words: [Token] = []
        var braces = 0
        while current.kind != .end {
            let continues = words.last?.isSymbol(",") == true || braces > 0
            if !words.isEmpty, current.beginsLine, !continues { break }
            if current.isSymbol("}"), braces == 0 { break }
            // A brace that nobody closed must not swallow the declarations after it.
            if startsDeclaration { break }
            if braces == 0, takeSymbol(";") { break }
            if current.isSymbol("{") { braces += 1 }
            if current.isSymbol("}") { braces -= 1 }
            if current.kind == .text { ids.append(Name(current.text, current.place)) }
            words.append(current)
            advance()
        }
        let place = words.first.map { $0.place.union(words[words.count - 1].place) }
        return ScenarioStatement(tokens: words, place: place ?? current.place)
    }
}
