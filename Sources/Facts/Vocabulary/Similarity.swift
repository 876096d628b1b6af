/// Finds the name somebody probably meant.
public enum Similarity {
    /// The candidate nearest to `name`, if it is near enough to be worth naming.
    ///
    /// Near enough is a third of the name's length in single-character edits, at least one. Of very many
    /// candidates only the first are tried, and none for what is too long to be a slip.
    public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        guard name.utf8.count <= longest else { return nil }
        let wanted = Array(name.unicodeScalars)
        let limit = max(1, wanted.count / 3)
        let letters = letters(of: name)
        var best: (name: String, distance: Int)?
        for candidate in candidates.prefix(mostCandidates)
        where candidate.utf8.count <= longest && candidate != name {
            // An edit changes two letters at most; most candidates fall here, at little cost.
            guard (letters ^ self.letters(of: candidate)).nonzeroBitCount <= limit * 2 else {
                continue
            }
            let scalars = Array(candidate.unicodeScalars)
            guard abs(scalars.count - wanted.count) <= limit else { continue }
            let distance = editDistance(wanted, scalars)
            guard distance <= limit, distance < wanted.count else { continue }
            let isBetter = best.map { (distance, candidate) < ($0.distance, $0.name) } ?? true
            if isBetter { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The longest name for which a similar one is looked for, in bytes.
    private static let longest = 200
    /// How many candidates are tried.
    private static let mostCandidates = 2_000

    /// Which characters a name holds: a bit for each of 64 classes of them.
    private static func letters(of name: String) -> UInt64 {
        var letters: UInt64 = 0
        for scalar in name.unicodeScalars { letters |= 1 << UInt64(scalar.value % 64) }
        return letters
    }

    /// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
    package static func distance(_ left: String, _ right: String) -> Int {
        editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars))
    }

    private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        var current = beforeLast
        for (row, scalar) in left.enumerated() {
            current[0] = row + 1
            for (column, other) in right.enumerated() {
                var distance = min(
                    last[column + 1] + 1, current[column] + 1,
                    last[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    distance = min(distance, beforeLast[column - 1] + 1)
                }
                current[column + 1] = distance
            }
            swap(&beforeLast, &last)
            swap(&last, &current)
        }
        return last[right.count]
    }
}
