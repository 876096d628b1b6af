/// The form of each kind of node, from its first word on.
extension Formatter {
    func layout(_ branch: Branch) -> Layout {
        switch branch.kind {
        case .declaration, .member: wrapping(branch)
        case .block: block(branch)
        case .list: list(branch)
        case .literal: literal(branch)
        case .classPattern: .group(wrapping(branch))
        case .clause: clause(branch)
        case .expression: .group(expression(branch))
        case .statement: statement(branch)
        case .type, .unexpected: words(branch.range, of: branch)
        }
    }

    /// A declaration, a member or a class: its clauses each on a line of its own, where they don't all fit on one.
    private func wrapping(_ branch: Branch) -> Layout {
        .group(words(branch.range, of: branch) { index in separator(index, in: branch) })
    }

    /// Where a declaration or a member may break.
    func separator(_ index: Int, in branch: Branch) -> Layout? {
        if branch.child(at: index)?.kind == .clause {
            let isAfterBrace = branch.children.contains {
                $0.range.upperBound == index && ($0.kind == .block || $0.kind == .list)
            }
            return isAfterBrace ? .group(.line) : .line
        }
        // `entitlement "cn=…"` and, where that is too long for one line, `holds who may …` on the next.
        let start = branch.range.lowerBound
        if tokens[start].isWord("entitlement"), index == start + 2 { return .line }
        return tokens[index - 1].isSymbol(",") ? .group(.line) : nil
    }

    private func clause(_ branch: Branch) -> Layout {
        let start = branch.range.lowerBound
        guard tokens[start].isWord("because") else {
            return words(branch.range, of: branch) { index in
                tokens[index - 1].isSymbol(",") ? .group(.line) : nil
            }
        }
        // The second language stands below the first.
        let reasons = words(branch.range, of: branch, indents: false) { index in
            index > start + 1 && tokens[index].kind == .identifier ? .line : nil
        }
        return .group(.hanging("because ".utf8.count, reasons))
    }

    // MARK: Braces

    private func block(_ branch: Branch) -> Layout {
        let close = branch.range.upperBound - 1
        var members: [Layout] = []
        let children = branch.children.filter { !$0.range.allSatisfy(dropped.contains) }
        let rows = rows(of: children.map(row), at: children)
        for (index, child) in children.enumerated() {
            let first = child.range.first { !dropped.contains($0) } ?? child.range.lowerBound
            members.append(lead(first, keepingBlanks: true, isFirst: index == 0))
            members.append(rows[index] ?? layout(child))
        }
        members.append(comments(before: close, keepingBlanks: true, isFirst: children.isEmpty))
        let isEmpty = children.isEmpty && leads[close].comments.isEmpty
        guard !isEmpty else { return .text("{ }") }
        return .row([
            word(branch.range.lowerBound), .indented(.row(members)),
            .hardLine(isBlankBefore: false), word(close),
        ])
    }

    /// A list that belongs to a declaration: on one line, else each element on its own.
    private func list(_ branch: Branch) -> Layout {
        braced(branch, edge: .line) { index in
            let isNext = tokens[index - 1].isSymbol(",") || tokens[index].isSymbol("<")
            return isNext || tokens[index].isWord("except") ? .line : nil
        }
    }

    private func literal(_ branch: Branch) -> Layout {
        braced(branch, edge: .softLine) { tokens[$0 - 1].isSymbol(",") ? .line : nil }
    }

    private func braced(
        _ branch: Branch, edge: Layout, separator: (Int) -> Layout?
    ) -> Layout {
        let open = branch.range.lowerBound
        let close = branch.range.upperBound - 1
        let hasComments = !leads[close].comments.isEmpty
        guard open + 1 < close || hasComments else {
            return .row([word(open), branch.kind == .list ? .space : .nothing, word(close)])
        }
        var body: [Layout] = []
        if open + 1 < close {
            let elements = words(
                open + 1..<close, of: branch, indents: false, separator: separator)
            body = [lead(open + 1, edge), elements]
        }
        // Comments before the closing brace belong to the elements.
        body.append(comments(before: close))
        return .group(
            .row([
                word(open), .indented(.row(body)),
                hasComments ? .hardLine(isBlankBefore: false) : edge, word(close),
            ]))
    }

    // MARK: Conditions

    /// A condition: broken before `or` where there is one, else before `and`.
    private func expression(_ branch: Branch) -> Layout {
        let rows = parts(branch.range, of: branch, beginning: "or")
        guard rows.count > 1 else { return conjunction(rows[0], of: branch, isAlone: true) }
        return joined(rows) { .group(.indented(conjunction($0, of: branch, isAlone: false))) }
    }

    private func conjunction(_ range: Range<Int>, of branch: Branch, isAlone: Bool) -> Layout {
        let parts = parts(range, of: branch, beginning: "and")
        return joined(parts) { operand($0, of: branch, isAlone: isAlone && parts.count == 1) }
    }

    /// One part of a condition; what `where` begins may stand on a line of its own.
    private func operand(_ range: Range<Int>, of branch: Branch, isAlone: Bool) -> Layout {
        let place = range.dropLast().first { index in
            tokens[index].isWord("where") && branch.child(at: index + 1)?.kind == .expression
        }
        guard let place, place > range.lowerBound else { return inner(range, of: branch) }
        let condition = Layout.row([
            lead(place, .line), inner(place..<range.upperBound, of: branch),
        ])
        return .row([
            inner(range.lowerBound..<place, of: branch),
            .group(isAlone ? condition : .indented(condition)),
        ])
    }

    private func inner(_ range: Range<Int>, of branch: Branch) -> Layout {
        words(range, of: branch) { tokens[$0 - 1].isSymbol(",") ? .group(.line) : nil }
    }

    private func joined(_ parts: [Range<Int>], _ layout: (Range<Int>) -> Layout) -> Layout {
        .row(
            parts.enumerated().map { place, part in
                place == 0 ? layout(part) : .row([lead(part.lowerBound, .line), layout(part)])
            })
    }

    /// The parts of a row that `word` joins; each but the first begins with it.
    private func parts(
        _ range: Range<Int>, of branch: Branch, beginning word: String
    ) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if let child = branch.child(at: index) {
                index = child.range.upperBound
                continue
            }
            if index > start, tokens[index].isWord(word), !tokens[index - 1].isSymbol(".") {
                parts.append(start..<index)
                start = index
            }
            index += 1
        }
        return parts + [start..<range.upperBound]
    }
}
