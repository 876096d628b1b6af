/// The difference of two texts, line by line, as `diff -u` writes it.
enum UnifiedDiff {
    /// How many lines of what stays are shown around what changes.
    private static let context = 3

    private enum Step {
        case keep(Substring)
        case remove(Substring)
        case insert(Substring)

        var isKept: Bool {
            if case .keep = self { true } else { false }
        }

        var line: String {
            switch self {
            case .keep(let line): " \(line)\n"
            case .remove(let line): "-\(line)\n"
            case .insert(let line): "+\(line)\n"
            }
        }
    }

    /// The difference; empty where there is none.
    static func text(from old: String, to new: String, name: String) -> String {
        let steps = steps(from: lines(old), to: lines(new))
        var text = ""
        var next = 0
        while let first = steps[next...].firstIndex(where: { !$0.isKept }) {
            var end = first + 1
            // Changes that lie close together share their surroundings.
            while let further = steps[end...].prefix(2 * context + 1)
                .firstIndex(where: { !$0.isKept })
            {
                end = further + 1
            }
            let shown = max(next, first - context)..<min(steps.count, end + context)
            text += header(shown, of: steps) + steps[shown].map(\.line).joined()
            next = end
        }
        return text.isEmpty ? "" : "--- \(name)\n+++ \(name)\n" + text
    }

    private static func lines(_ text: String) -> [Substring] {
        // A line's end is a line feed; a carriage return before it is part of the line, and shown.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Substring($0) }
        return lines.last == "" ? lines.dropLast() : lines
    }

    private static func header(_ shown: Range<Int>, of steps: [Step]) -> String {
        func count(_ steps: ArraySlice<Step>) -> (old: Int, new: Int) {
            steps.reduce(into: (0, 0)) { count, step in
                switch step {
                case .keep: (count.0, count.1) = (count.0 + 1, count.1 + 1)
                case .remove: count.0 += 1
                case .insert: count.1 += 1
                }
            }
        }
        let before = count(steps[..<shown.lowerBound])
        let inside = count(steps[shown])
        return "@@ -\(before.old + 1),\(inside.old) +\(before.new + 1),\(inside.new) @@\n"
    }

    private static func steps(from old: [Substring], to new: [Substring]) -> [Step] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var steps: [Step] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                steps.append(.remove(old[left]))
                left += 1
            } else if right < new.count, inserted.contains(right) {
                steps.append(.insert(new[right]))
                right += 1
            } else {
                steps.append(.keep(old[left]))
                (left, right) = (left + 1, right + 1)
            }
        }
        return steps
    }
}
