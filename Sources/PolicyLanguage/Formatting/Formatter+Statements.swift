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
        let lines = lines(words[3..<close])
        let isPlain = lines.map { line in
            line.joined().dropFirst().allSatisfy { leads[$0].comments.isEmpty }
        }
        let plain = zip(lines, isPlain).filter(\.1).map { line, _ in line.map(text) }
        var texts = Columns.aligned(plain, gaps: [1], indentation: 4, isBounded: false)[...]
        var rows: [Layout] = []
        for (index, (line, isPlain)) in zip(lines, isPlain).enumerated() {
            rows.append(lead(line[0][0], keepingBlanks: true, isFirst: index == 0))
            let aligned = isPlain ? texts.popFirst() : nil
            rows.append(aligned.map(Layout.text) ?? row(line.flatMap(\.self)))
            // A semicolon that had to stay, behind a comma.
            let next = (line.last?.last ?? 0) + 1
            if tokens[next].isSymbol(";"), !dropped.contains(next) {
                rows.append(.row([lead(next, .nothing), word(next)]))
            }
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
        let cells = words.filter { !tokens[$0].isSymbol(";") }
        var next = 0
        let all = (words.first ?? 0)..<((words.last ?? -1) + 1)
        // The checker sees the semicolons that end lines.
        return CaseTable.lines(of: tokens[all]).lines.map { line in
            line.map { cell in
                defer { next += cell.tokens.count }
                return Array(cells[next..<next + cell.tokens.count])
            }
        }
    }

    /// A cell on one line.
    private func text(_ words: [Int]) -> String {
        words.enumerated().map { place, index in
            (place > 0 && isSpaced(index) ? " " : "") + source.text(in: tokens[index].place.span)
        }.joined()
    }

    /// Words with comments among them, one after the other.
    private func row(_ words: [Int]) -> Layout {
        .indented(
            .row(
                words.enumerated().map { place, index in
                    guard place > 0 else { return word(index) }
                    return .row([lead(index, isSpaced(index) ? .space : .nothing), word(index)])
                }))
    }
}
