import Diagnostics

/// Finds names that a reader can't tell apart, over all files of a policy together.
///
/// Two names look alike if their skeletons are the same (UTS #39, section 4): decomposed, with every
/// character replaced by the form it looks like. A name that is right by itself becomes dangerous beside its
/// double, wherever the two stand and whatever they name: `力` for `カ` in an id opens what it should not.
struct LookAlikes {
    /// The diagnostics for the names of a policy's files.
    ///
    /// - Complexity: linear in the length of all names.
    static func diagnostics(for files: [FileSyntax]) -> [Diagnostic] {
        // A vocabulary comes before the policies that use it: they are what should change.
        let inOrder = files.filter(\.isVocabulary) + files.filter { !$0.isVocabulary }
        let names = inOrder.flatMap(\.names)
        var search = LookAlikes(
            knowsOnlyASCII: names.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x80 } })
        for name in names where search.diagnostics.count < Lexer.mostMistakes { search.add(name) }
        return search.diagnostics
    }

    private let knowsOnlyASCII: Bool
    private var seen: Set<String> = []
    /// The first name with each skeleton, and the first beyond ASCII.
    private var first: [String: Name] = [:]
    private var firstBeyondASCII: [String: Name] = [:]
    /// The first name in ASCII of those that differ in letters and digits which look alike.
    private var firstInASCII: [String: Name] = [:]
    private var diagnostics: [Diagnostic] = []

    private init(knowsOnlyASCII: Bool) { self.knowsOnlyASCII = knowsOnlyASCII }

    private mutating func add(_ name: Name) {
        guard seen.insert(name.text).inserted else { return }
        let isASCII = name.text.utf8.allSatisfy { $0 < 0x80 }
        // A name of mixed scripts has its error already.
        if !isASCII, !Script.mayMix(Set(name.text.unicodeScalars.compactMap(\.script))) { return }
        let skeleton = knowsOnlyASCII ? "" : LookAlikes.skeleton(of: name.text)
        if isASCII {
            let narrow = LookAlikes.withDigitsAsLetters(name.text)
            if let earlier = firstInASCII[narrow] ?? firstBeyondASCII[skeleton] {
                report(name, earlier)
            }
            if firstInASCII[narrow] == nil { firstInASCII[narrow] = name }
        } else {
            if let earlier = first[skeleton] { report(name, earlier) }
            if firstBeyondASCII[skeleton] == nil { firstBeyondASCII[skeleton] = name }
        }
        if !knowsOnlyASCII, first[skeleton] == nil { first[skeleton] = name }
    }

    private mutating func report(_ name: Name, _ earlier: Name) {
        let note = Diagnostic.Note(
            .looksLikeThis, [earlier.text, LookAlikes.difference(earlier.text, name.text)],
            at: earlier.place)
        diagnostics.append(
            Diagnostic(
                .looksLikeAnotherName, [name.text, earlier.text], at: name.place, notes: [note]))
    }

    // MARK: Forms

    private static func skeleton(of name: String) -> String {
        var skeleton = String.UnicodeScalarView()
        for scalar in NormalForm.decomposed(name.unicodeScalars) where !scalar.isInvisible {
            if let form = UnicodeTables.forms[scalar] {
                skeleton.append(contentsOf: form)
            } else {
                skeleton.append(scalar)
            }
        }
        // Strings are compared by canonical equivalence, so a last decomposition is not needed.
        return String(skeleton)
    }

    /// The name with `0` as `O`, and `1`, `I` and `|` as `l`.
    ///
    /// Within ASCII only these count: `m` and `rn` look alike too, but both are lower-case letters, and
    /// words such as `modern` and `modem` differ in nothing else.
    private static func withDigitsAsLetters(_ name: String) -> String {
        String(
            decoding: name.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "0"): UInt8(ascii: "O")
                case UInt8(ascii: "1"), UInt8(ascii: "I"), UInt8(ascii: "|"): UInt8(ascii: "l")
                default: byte
                }
            }, as: UTF8.self)
    }

    // MARK: Differences

    /// How many characters of a difference are shown.
    private static let mostShown = 4

    /// Where two names differ: the characters between what they begin and end with alike.
    private static func difference(_ left: String, _ right: String) -> String {
        var (one, other) = (Array(left.unicodeScalars)[...], Array(right.unicodeScalars)[...])
        while let first = one.first, first == other.first {
            one.removeFirst()
            other.removeFirst()
        }
        while let last = one.last, last == other.last {
            one.removeLast()
            other.removeLast()
        }
        return [one, other].map { scalars in
            let shown = scalars.prefix(mostShown).map { "\($0.shown) \($0.number)" }
            return shown.joined(separator: " ") + (scalars.count > mostShown ? " …" : "")
        }.filter { !$0.isEmpty }.joined(separator: " / ")
    }
}
