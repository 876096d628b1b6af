import Diagnostics

/// Text with the places where its lines may break, after Wadler's “A prettier printer”.
indirect enum Layout: Sendable {
    /// Words, as they are.
    case text(String)
    /// A space, or a line break where the group around it does not fit.
    case line
    /// Nothing, or a line break where the group around it does not fit.
    case softLine
    /// A line break, in any case; with an empty line before it where one was.
    case hardLine(isBlankBefore: Bool)
    /// A comment that ends its line; a hard line always follows.
    case endOfLine(String)
    /// One after the other.
    case row([Layout])
    /// What breaks inside is indented by two more.
    case indented(Layout)
    /// What breaks inside begins this many columns further right.
    case hanging(Int, Layout)
    /// Broken at all its own lines, or at none.
    case group(Layout)

    static let nothing = Layout.row([])
    static let space = Layout.text(" ")

    /// On one line; nil where that can't be.
    var flat: String? {
        var text = ""
        return write(to: &text) ? text : nil
    }

    private func write(to text: inout String) -> Bool {
        switch self {
        case .text(let words): text += words
        case .line: text += " "
        case .softLine: break
        case .hardLine, .endOfLine: return false
        case .row(let parts):
            for part in parts where !part.write(to: &text) { return false }
        case .indented(let inner), .hanging(_, let inner), .group(let inner):
            return inner.write(to: &text)
        }
        return true
    }
}

/// Writes layouts in lines of a width.
struct LayoutPrinter {
    /// The columns of a terminal that a line may take, comments at its end apart.
    static let width = 100

    private struct Item {
        let indentation: Int
        let isFlat: Bool
        let layout: Layout
    }

    private(set) var text = ""
    private var column = 0
    /// What is still to be written, the next last.
    private var open: [Item] = []

    static func text(of layout: Layout) -> String {
        var printer = LayoutPrinter()
        printer.write(layout)
        return printer.text
    }

    private mutating func write(_ layout: Layout) {
        open = [Item(indentation: 0, isFlat: false, layout: layout)]
        while let item = open.popLast() {
            switch item.layout {
            case .text(let words): write(words)
            case .endOfLine(let comment): write("  " + comment)
            case .line where item.isFlat: write(" ")
            case .softLine where item.isFlat: break
            case .line, .softLine: breakLine(to: item.indentation)
            case .hardLine(let isBlankBefore):
                if isBlankBefore { text += "\n" }
                breakLine(to: item.indentation)
            case .row, .indented, .hanging: push(item)
            case .group(let inner):
                let isFlat = item.isFlat || fits(inner, at: item.indentation)
                open.append(
                    Item(indentation: item.indentation, isFlat: isFlat, layout: inner))
            }
        }
    }

    private mutating func push(_ item: Item) {
        open += LayoutPrinter.opened(item)
    }

    /// The parts of an item, the first last.
    private static func opened(_ item: Item) -> [Item] {
        func part(_ layout: Layout, _ further: Int = 0) -> Item {
            Item(indentation: item.indentation + further, isFlat: item.isFlat, layout: layout)
        }
        switch item.layout {
        case .row(let parts): return parts.reversed().map { part($0) }
        case .indented(let inner): return [part(inner, 2)]
        case .hanging(let columns, let inner): return [part(inner, columns)]
        case .group(let inner): return [part(inner)]
        case .text, .line, .softLine, .hardLine, .endOfLine: return []
        }
    }

    /// Whether a layout fits on the line, together with what follows it up to where that may break.
    private func fits(_ layout: Layout, at indentation: Int) -> Bool {
        var left = LayoutPrinter.width - column
        var rest = open.count
        var ahead = [Item(indentation: indentation, isFlat: true, layout: layout)]
        while left >= 0 {
            if ahead.isEmpty {
                guard rest > 0 else { return true }
                rest -= 1
                ahead.append(open[rest])
            }
            let item = ahead.removeLast()
            switch item.layout {
            case .text(let words): left -= DisplayWidth.columns(of: words)
            case .line where item.isFlat: left -= 1
            case .softLine where item.isFlat: break
            case .line, .softLine: return true
            // What must break does not fit on a line; what only follows may.
            case .hardLine, .endOfLine: return !item.isFlat
            case .row, .indented, .hanging, .group:
                ahead += LayoutPrinter.opened(item)
            }
        }
        return false
    }

    private mutating func write(_ words: String) {
        text += words
        // What was left as it was may be of several lines.
        let last = words.utf8.lastIndex(of: UInt8(ascii: "\n")).map {
            words[words.utf8.index(after: $0)...]
        }
        column =
            last.map { DisplayWidth.columns(of: String($0)) } ?? column
            + DisplayWidth.columns(of: words)
    }

    private mutating func breakLine(to indentation: Int) {
        text += "\n" + String(repeating: " ", count: indentation)
        column = indentation
    }
}
