import Diagnostics
import Facts

/// Many expected decisions as a table: a line of column names, then a line for each case.
extension Checker {
    mutating func readCases(
        _ words: inout WordCursor, into builder: inout ScenarioBuilder, names: ExpectationNames
    ) throws(ScenarioMistake) {
        guard let brace = words.peek(), words.take("{") else { throw .notUnderstood(words.peek()) }
        let (lines, after) = CaseTable.lines(of: words.rest)
        if let after { throw .notUnderstood(after) }
        guard let header = lines.first, lines.count > 1 else {
            report(.noCases, at: lines.first.map(CaseTable.place) ?? brace.place)
            return
        }
        guard let columns = columns(header) else { return }
        for line in lines.dropFirst() {
            let place = CaseTable.place(of: line)
            guard line.count == columns.count else {
                report(.wrongCaseLength, [String(line.count), String(columns.count)], at: place)
                continue
            }
            do throws(ScenarioMistake) {
                guard let decision = try decision(columns, line, names: names) else { continue }
                builder.expectations.append(
                    CheckedScenario.Expectation(content: .decision(decision), place: place))
            } catch {
                report(error, in: place, beginning: line[0].text)
            }
        }
    }

    // MARK: Columns

    /// The columns; nil where one that every case needs is missing.
    private mutating func columns(_ header: [CaseTable.Cell]) -> [CaseTable.Column]? {
        var columns: [CaseTable.Column] = []
        var seen: Set<String> = []
        for cell in header {
            guard seen.insert(cell.text).inserted else {
                report(.saidTwice, [cell.text], at: cell.place)
                columns.append(.reported)
                continue
            }
            columns.append(column(cell))
        }
        let missing = CaseTable.requiredColumns.filter { !seen.contains($0) }
        for name in missing {
            report(.missingCaseColumn, [name], at: CaseTable.place(of: header))
        }
        return missing.isEmpty ? columns : nil
    }

    private mutating func column(_ cell: CaseTable.Cell) -> CaseTable.Column {
        if CaseTable.columnNames.contains(cell.text) { return .named(cell.text) }
        if let context = vocabulary.contexts[cell.text] { return .context(context) }
        reportUnknown(
            .unknownCaseColumn, Name(cell.text, cell.place),
            among: CaseTable.columnNames + vocabulary.contexts.names)
        return .reported
    }

    // MARK: Cases

    /// The decision a line expects; nil where a cell that it needs says nothing.
    private mutating func decision(
        _ columns: [CaseTable.Column], _ line: [CaseTable.Cell], names: ExpectationNames
    ) throws(ScenarioMistake) -> ExpectedDecision? {
        var needed: [String: Token] = [:]
        var time: Instant?
        var context: [String: Value] = [:]
        var rules: [String] = []
        var obligations: [String]?
        var end: ExpectedEnd?
        for (column, cell) in zip(columns, line) where !cell.isEmpty {
            var words = WordCursor(cell.tokens)
            switch column {
            case .named("at"): time = try instant(&words)
            case .named("by"): rules = try ruleNames(&words, names)
            case .named("obliging"): obligations = try obligationNames(&words, names)
            case .named("until"):
                end = words.take("forever") ? .never : .at(try instant(&words))
            case .named(let name):
                guard let word = words.next(), word.kind != .symbol else {
                    throw .notUnderstood(cell.tokens[0])
                }
                needed[name] = word
            case .context(let declaration):
                context[declaration.name] = try contextValue(
                    &words, of: declaration, at: cell.place)
            case .reported: continue
            }
            if let left = words.peek() { throw .notUnderstood(left) }
        }
        for (column, cell) in zip(columns, line) where cell.isEmpty {
            guard case .named(let name) = column, CaseTable.requiredColumns.contains(name)
            else { continue }
            report(.expectationLacks, [name], at: cell.place)
        }
        guard let who = needed["who"], let action = needed["action"], let what = needed["what"],
            let answer = needed["answer"], let time
        else { return nil }
        guard ["permit", "deny"].contains(answer.text) else { throw .notUnderstood(answer) }
        checkAction(action)
        return ExpectedDecision(
            isPermitted: answer.text == "permit", subject: person(who), action: action.text,
            resource: resource(what), time: time, context: context, rules: rules,
            obligations: obligations, end: end)
    }
}

/// The lines and cells of a table of cases, told apart by where lines begin.
enum CaseTable {
    /// The columns that every case needs.
    static let requiredColumns = ["who", "action", "what", "at", "answer"]
    /// All columns but those of the context.
    static let columnNames = requiredColumns + ["by", "obliging", "until"]

    enum Column {
        case named(String)
        case context(Vocabulary.ContextDeclaration)
        /// One that was reported.
        case reported
    }

    /// A word, a dotted name, a set in braces, or several of these with commas between them.
    struct Cell {
        var tokens: [Token]

        var text: String { tokens.map(\.text).joined() }
        var place: Place { tokens[0].place.union(tokens[tokens.count - 1].place) }
        /// Whether it stands for nothing.
        var isEmpty: Bool { tokens.count == 1 && tokens[0].isWord("_") }
    }

    static func place(of line: [Cell]) -> Place {
        line[0].place.union(line[line.count - 1].place)
    }

    /// The lines up to the brace that closes the table, and the first token behind it, if any.
    static func lines(of tokens: ArraySlice<Token>) -> (lines: [[Cell]], after: Token?) {
        var lines: [[Cell]] = []
        var depth = 0
        var continues = false
        var endsLine = true
        for (index, token) in zip(tokens.indices, tokens) {
            if depth == 0, token.isSymbol("}") { return (lines, tokens[(index + 1)...].first) }
            if depth == 0, token.isSymbol(";") {
                endsLine = true
                continue
            }
            let joins = depth > 0 || continues || token.isSymbol(",") || token.isSymbol(".")
            if endsLine || (token.beginsLine && !joins) {
                lines.append([Cell(tokens: [token])])
            } else if joins {
                lines[lines.count - 1][lines[lines.count - 1].count - 1].tokens.append(token)
            } else {
                lines[lines.count - 1].append(Cell(tokens: [token]))
            }
            endsLine = false
            continues = token.isSymbol(",") || token.isSymbol(".")
            if token.isSymbol("{") { depth += 1 }
            if token.isSymbol("}") { depth -= 1 }
        }
        return (lines, nil)
    }
}
