import Diagnostics

/// Statements of scenarios, where line ends count: breaks stand after commas and inside braces only.
extension Formatter {
    func statement(_ branch: Branch) -> Layout {
        let words = branch.range.filter { !dropped.contains($0) }
        guard let first = words.first else { return .nothing }
        if let table = table(words) { return table }
        var parts = [word(first)]
        var depth = 0
        for (earlier, index) in zip(words, words.dropFirst()) {
            let isBreak = tokens[earlier].isSymbol(",")
            let between: Layout = isSpaced(index) ? (isBreak ? .line : .space) : .nothing
            let isBrace = tokens[index].isSymbol("}")
            if tokens[earlier].isSymbol("{") { depth += 1 }
            if isBrace { depth -= 1 }
            let separator = depth > 0 && isBreak ? .group(.line) : between
            parts.append(.row([lead(index, separator), word(index)]))
        }
        return .group(.indented(.row(parts)))
    }

    // MARK: Tables of cases

    /// `expect cases { … }`, its cells in columns; nil where this is none.
    private func table(_ words: [Int]) -> Layout? {
        guard words.count > 3, tokens[words[0]].isWord("expect"), tokens[words[1]].isWord("cases"),
            tokens[words[2]].isSymbol("{"), let close = closing(words)
        else { return nil }
        guard !words[3..<close].contains(where: { tokens[$0].isSymbol(";") }) else {
            return .text(verbatim(words))
        }
        let lines = lines(words[3..<close])
        let isPlain = lines.allSatisfy { line in
            line.joined().dropFirst().allSatisfy { leads[$0].comments.isEmpty }
        }
        guard isPlain else { return .text(verbatim(words)) }
        let cells = lines.map { $0.map(text) }
        let texts = Columns.aligned(cells, gaps: [1], indentation: 4, isBounded: false)
        var rows: [Layout] = []
        for (index, (line, text)) in zip(lines, texts).enumerated() {
            rows.append(lead(line[0][0], keepingBlanks: true, isFirst: index == 0))
            rows.append(.text(text))
        }
        let end = words[close]
        rows.append(comments(before: end, keepingBlanks: true, isFirst: lines.isEmpty))
        let isEmpty = lines.isEmpty && leads[end].comments.isEmpty
        let head = Layout.row([word(words[0]), .space, word(words[1]), .space, word(words[2])])
        let rest = words[close...].dropFirst().map { Layout.row([lead($0, .space), word($0)]) }
        let last = isEmpty ? Layout.space : .hardLine(isBlankBefore: false)
        return .row([head, .indented(.row(rows)), last, word(end)] + rest)
    }

    /// The brace that closes the table.
    private func closing(_ words: [Int]) -> Int? {
        var depth = 0
        for place in words.indices.dropFirst(2) {
            if tokens[words[place]].isSymbol("{") { depth += 1 }
            if tokens[words[place]].isSymbol("}") { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }

    /// The words of each cell of each line, told apart as the checker does.
    private func lines(_ words: ArraySlice<Int>) -> [[[Int]]] {
        var next = words.startIndex
        let all = (words.first ?? 0)..<((words.last ?? -1) + 1)
        // The checker sees the semicolons that end lines.
        return CaseTable.lines(of: tokens[all]).lines.map { line in
            line.map { cell in
                defer { next += cell.tokens.count }
                return Array(words[next..<next + cell.tokens.count])
            }
        }
    }

    /// A cell on one line.
    private func text(_ words: [Int]) -> String {
        words.enumerated().map { place, index in
            (place > 0 && isSpaced(index) ? " " : "") + source.text(in: tokens[index].place.span)
        }.joined()
    }

    /// Words as they were written, where the lines are not the formatter's to choose.
    private func verbatim(_ words: [Int]) -> String {
        let first = tokens[words[0]].place.span
        let last = tokens[words[words.count - 1]].place.span
        return source.text(in: SourceText.Span(first.lower, last.upper)).replacing(
            "\r\n", with: "\n")
    }
}
