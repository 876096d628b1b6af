import Diagnostics

/// A line made of cells that may stand in columns with those of its neighbours.
struct ColumnRow {
    /// What the line is; only lines of one sort are aligned with each other.
    let sort: String
    let cells: [String]
    /// The columns left free after each cell but the last; the last number goes for the rest too.
    let gaps: [Int]
}

enum Columns {
    /// Lines with their cells below each other: in as many columns, from the left, as the width allows.
    static func aligned(
        _ rows: [[String]], gaps: [Int], indentation: Int, isBounded: Bool = true
    ) -> [String] {
        let most = (rows.map(\.count).max() ?? 1) - 1
        for count in stride(from: most, to: 0, by: -1) {
            let lines = lines(rows, gaps: gaps, aligning: count)
            let isFitting = lines.allSatisfy {
                indentation + DisplayWidth.columns(of: $0) <= LayoutPrinter.width
            }
            if isFitting || !isBounded { return lines }
        }
        return lines(rows, gaps: gaps, aligning: 0)
    }

    private static func lines(
        _ rows: [[String]], gaps: [Int], aligning count: Int
    ) -> [String] {
        var lines = rows.map { $0.first ?? "" }
        let most = rows.map(\.count).max() ?? 0
        for column in 1..<max(1, most) {
            // A cell that nothing follows keeps nobody at a distance.
            let width =
                zip(rows, lines).filter { $0.0.count > column }
                .map { DisplayWidth.columns(of: $0.1) }.max() ?? 0
            let gap = gaps[min(column, gaps.count) - 1]
            for (index, row) in rows.enumerated() where row.count > column {
                let own = DisplayWidth.columns(of: lines[index])
                let padding = column <= count ? width - own : 0
                lines[index] += String(repeating: " ", count: padding + gap) + row[column]
            }
        }
        return lines
    }
}

extension Formatter {
    /// The aligned form of those branches that are rows and stand beside others of their sort, by index.
    func rows(of rows: [ColumnRow?], at branches: [Branch]) -> [Int: Layout] {
        var layouts: [Int: Layout] = [:]
        var start = 0
        while start < rows.count {
            guard let first = rows[start] else {
                start += 1
                continue
            }
            var end = start + 1
            while end < rows.count, rows[end]?.sort == first.sort, isNext(branches[end]) {
                end += 1
            }
            let indentation = branches[start].kind == .declaration ? 0 : 2
            let lines = Columns.aligned(
                rows[start..<end].compactMap { $0?.cells }, gaps: first.gaps,
                indentation: indentation)
            for (index, line) in zip(start..<end, lines) { layouts[index] = .text(line) }
            start = end
        }
        return layouts
    }

    /// Whether nothing parts a line from the one before it: no empty line, no comment of its own line.
    private func isNext(_ branch: Branch) -> Bool {
        guard let first = branch.range.first(where: { !dropped.contains($0) }) else { return false }
        return !leads[first].isBlankBefore && leads[first].comments.allSatisfy(\.isTrailing)
    }

    /// A branch as a row of cells; nil where it doesn't stand in columns or doesn't fit on a line.
    func row(_ branch: Branch) -> ColumnRow? {
        guard let (sort, starts, gaps) = cells(branch), !starts.isEmpty else { return nil }
        let words = branch.range.filter { !dropped.contains($0) }
        guard let last = words.last else { return nil }
        let bounds = [words[0]] + starts + [last + 1]
        var cells: [String] = []
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            guard let text = self.words(start..<end, of: branch).flat,
                start == words[0] || leads[start].comments.isEmpty
            else { return nil }
            cells.append(text)
        }
        let indentation = branch.kind == .declaration ? 0 : 2
        let width =
            Columns.aligned([cells], gaps: gaps, indentation: 0, isBounded: false)
            .map(DisplayWidth.columns).max() ?? 0
        guard indentation + width <= LayoutPrinter.width else { return nil }
        return ColumnRow(sort: sort, cells: cells, gaps: gaps)
    }

    /// Where the cells after the first begin, what sort of line it is, and the gaps between cells.
    private func cells(_ branch: Branch) -> (sort: String, starts: [Int], gaps: [Int])? {
        switch branch.kind {
        case .declaration: return declarationCells(branch)
        case .member: return memberCells(branch)
        case .statement: return expectationCells(branch)
        default: return nil
        }
    }

    private func memberCells(_ branch: Branch) -> (sort: String, starts: [Int], gaps: [Int])? {
        let first = branch.range.lowerBound
        if let type = branch.children.first(where: { $0.kind == .type }) {
            let rest = type.range.upperBound
            let starts = [type.range.lowerBound] + (rest < branch.range.upperBound ? [rest] : [])
            return ("attribute", starts, [2])
        }
        if let condition = branch.children.first(where: { $0.kind == .expression }) {
            return ("derived", [condition.range.lowerBound - 1], [1])
        }
        let word = tokens[first].text
        guard ["covers", "consent", "lasts"].contains(word), tokens[first].kind == .identifier
        else { return nil }
        return ("check", [first + 1], [2])
    }

    private func declarationCells(
        _ branch: Branch
    ) -> (sort: String, starts: [Int], gaps: [Int])? {
        let first = branch.range.lowerBound
        let word = tokens[first].text
        let clause = branch.children.first { $0.kind == .clause }?.range.lowerBound
        switch word {
        case "define":
            guard let value = branch.children.last else { return nil }
            return (word, [value.range.lowerBound - 1], [1])
        case "permit", "require", "forbid", "oblige":
            let isNamed = tokens[first + 2].isSymbol(":")
            return (word, [first + (isNamed ? 3 : 1)] + (clause.map { [$0] } ?? []), [1])
        case "upon": return (word, [first + 3] + (clause.map { [$0] } ?? []), [1])
        case "action":
            let kind = (clause ?? branch.range.upperBound) - 2
            return (word, [kind] + (clause.map { [$0] } ?? []), [1])
        case "entity", "record":
            guard branch.children.last?.range.count == 2 else { return nil }
            return (word, [first + 2], [1])
        default: return nil
        }
    }

    /// `expect permit tanaka view drawing-7 at 2026-04-01 by unit`: a column for each of the first words.
    private func expectationCells(
        _ branch: Branch
    ) -> (sort: String, starts: [Int], gaps: [Int])? {
        let words = branch.range.filter { !dropped.contains($0) }
        let answers = ["permit", "deny", "revoke", "suspend", "restrict", "grant", "keep"]
        guard words.count > 5, tokens[words[0]].isWord("expect"),
            answers.contains(tokens[words[1]].text),
            words[1...4].allSatisfy({ tokens[$0].kind != .symbol })
        else { return nil }
        var starts = Array(words[2...5])
        if ["at", "from"].contains(tokens[words[5]].text), words.count > 7 {
            starts.append(words[7])
        }
        return ("expect", starts, [1])
    }
}
