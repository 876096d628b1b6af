import Diagnostics

/// Lays the tree of one file out.
///
/// Reads nothing but the words, the comments and the empty lines before them, so that what it writes gives the same
/// again.
struct Formatter {
    let source: SourceText
    let tokens: [Token]
    let declarations: [Branch]
    /// What stands before each word.
    private(set) var leads: [Lead]
    /// Semicolons that a line break stands in for.
    private(set) var dropped: Set<Int> = []
    /// Where mistakes begin.
    private let mistakes: [Int]

    init(_ tree: SyntaxTree, of source: SourceText, mistakes: [Int]) {
        self.source = source
        tokens = tree.tokens
        self.mistakes = mistakes
        declarations = Branch.branches(of: tree)
        leads = tree.tokens.map { Lead(of: $0, in: source) }
        for declaration in declarations { dropSemicolons(in: declaration) }
    }

    private mutating func dropSemicolons(in branch: Branch) {
        guard branch.kind != .statement else {
            for index in branch.range where isNeedless(index) {
                dropped.insert(index)
                leads[index + 1].join(after: leads[index])
            }
            return
        }
        for child in branch.children { dropSemicolons(in: child) }
    }

    /// Whether a word is a semicolon that a line's end can replace: after a comma or a dot the line would go on.
    private func isNeedless(_ index: Int) -> Bool {
        guard tokens[index].isSymbol(";"), index > 0 else { return false }
        return !tokens[index - 1].isSymbol(",") && !tokens[index - 1].isSymbol(".")
    }

    // MARK: The file

    func text() -> String {
        var parts: [Layout] = []
        let rows = rows(of: declarations.map { isBroken($0) ? nil : row($0) }, at: declarations)
        for (index, declaration) in declarations.enumerated() {
            let first = declaration.range.lowerBound
            if isBroken(declaration) {
                parts.append(.text(verbatim(declaration, isFirst: index == 0)))
                continue
            }
            parts.append(lead(first, keepingBlanks: true, isFirst: index == 0))
            parts.append(rows[index] ?? layout(declaration))
        }
        parts.append(ending())
        // Before the first word there is no line to break; what is written there is cut off again.
        let text = LayoutPrinter.text(of: .row(parts))
        let body = text.drop { $0 == "\n" }
        return body.isEmpty || body.last == "\n" ? String(body) : body + "\n"
    }

    /// The comments at the file's end.
    private func ending() -> Layout {
        let last = tokens.count - 1
        let text = source.text(
            in: SourceText.Span(tokens[last].triviaStart, tokens[last].place.span.upper))
        if mistakes.contains(where: { $0 >= tokens[last].triviaStart }) { return .text(text) }
        return comments(before: last, keepingBlanks: true, isFirst: declarations.isEmpty)
    }

    /// Whether something is wrong in a declaration, or right behind it: a missing brace is missed there.
    private func isBroken(_ declaration: Branch) -> Bool {
        let first = tokens[declaration.range.lowerBound].triviaStart
        let end = tokens[declaration.range.upperBound - 1].place.span.upper
        return declaration.kind == .unexpected
            || mistakes.contains { $0 >= first && $0 <= end }
    }

    /// A declaration as it was written, with what stands before it.
    private func verbatim(_ declaration: Branch, isFirst: Bool) -> String {
        let first = tokens[declaration.range.lowerBound]
        let last = tokens[declaration.range.upperBound - 1]
        let mark = first.triviaStart == 0 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return source.text(
            in: SourceText.Span(first.triviaStart + mark, last.place.span.upper))
    }

    // MARK: Words

    func word(_ index: Int) -> Layout { .text(source.text(in: tokens[index].place.span)) }

    func isSpaced(_ index: Int) -> Bool {
        index > 0
            && Spacing.isSpaced(
                tokens[index - 1], tokens[index], after: index > 1 ? tokens[index - 2] : nil)
    }

    /// What stands between a word and the one before it: a separator, unless comments break the line.
    func lead(_ index: Int, _ separator: Layout) -> Layout {
        guard !leads[index].comments.isEmpty else { return separator }
        return .row([comments(before: index), .hardLine(isBlankBefore: false)])
    }

    /// The comments before a word that begins its line, and the line break.
    func lead(_ index: Int, keepingBlanks: Bool, isFirst: Bool) -> Layout {
        let isBare = leads[index].comments.allSatisfy(\.isTrailing)
        let isBlank = keepingBlanks && leads[index].isBlankBefore && !(isFirst && isBare)
        return .row([
            comments(before: index, keepingBlanks: keepingBlanks, isFirst: isFirst),
            .hardLine(isBlankBefore: isBlank),
        ])
    }

    /// The comments before a word, each on its own line but for one that stands behind the word before.
    func comments(
        before index: Int, keepingBlanks: Bool = false, isFirst: Bool = false
    ) -> Layout {
        var parts: [Layout] = []
        var isFirst = isFirst
        for (place, comment) in leads[index].comments.enumerated() {
            if place == 0, comment.isTrailing {
                parts.append(.endOfLine(comment.text))
                continue
            }
            let isBlank = keepingBlanks && comment.isBlankBefore && !isFirst
            parts.append(.hardLine(isBlankBefore: isBlank))
            parts.append(.text(comment.text))
            isFirst = false
        }
        return .row(parts)
    }

    /// The words of `range`, with the nodes among them laid out on their own.
    ///
    /// `indents` says whether what breaks is indented, the braces of a declaration apart; `separator`, what stands before
    /// a word or node that is not the first: a space or nothing where it gives nil.
    func words(
        _ range: Range<Int>, of branch: Branch, indents: Bool = true,
        separator: (Int) -> Layout? = { _ in nil }
    ) -> Layout {
        var parts: [Layout] = []
        var index = range.lowerBound
        while index < range.upperBound {
            var start = Layout.nothing
            if index > range.lowerBound {
                start = lead(index, separator(index) ?? (isSpaced(index) ? .space : .nothing))
            }
            let child = branch.child(at: index)
            let part = Layout.row([start, child.map(layout) ?? word(index)])
            let isBraced = child?.kind == .block || child?.kind == .list
            parts.append(indents && !isBraced ? .indented(part) : part)
            index = child?.range.upperBound ?? index + 1
        }
        return .row(parts)
    }
}
