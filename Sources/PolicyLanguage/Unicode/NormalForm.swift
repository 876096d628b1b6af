/// Unicode's normalisation forms C and D.
///
/// The standard library compares strings by them and does not give them.
package enum NormalForm {
    /// The text in normalisation form C: composed, each character in one way only.
    ///
    /// - Complexity: linear in the length; runs of combining marks are sorted.
    package static func composed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) || text.unicodeScalars.allSatisfy(isSettled) {
            return text
        }
        let scalars = composed(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    /// The scalars in normalisation form D: taken apart, combining marks in their order.
    static func decomposed(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in scalars { decompose(scalar, into: &result) }
        sortMarks(of: &result)
        return result
    }

    private static func decompose(_ scalar: Unicode.Scalar, into result: inout [Unicode.Scalar]) {
        if scalar.value < 0xC0 {
            result.append(scalar)
        } else if let syllable = Hangul.parts(of: scalar) {
            result += syllable
        } else if let parts = UnicodeTables.decompositions[scalar] {
            for part in parts { decompose(part, into: &result) }
        } else {
            result.append(scalar)
        }
    }

    /// Puts each run of combining marks in the order of their classes; marks of one class keep theirs.
    private static func sortMarks(of scalars: inout [Unicode.Scalar]) {
        var start = 0
        while start < scalars.count {
            guard scalars[start].combiningClass != 0 else {
                start += 1
                continue
            }
            var end = start
            while end < scalars.count, scalars[end].combiningClass != 0 { end += 1 }
            if end - start > 1 {
                let marks = scalars[start..<end].enumerated().sorted {
                    ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
                }
                scalars.replaceSubrange(start..<end, with: marks.map(\.element))
            }
            start = end
        }
    }

    /// Whether a character is in form C whatever stands before it: what lies below the combining marks, kana without
    /// them, and the unified ideographs.
    private static func isSettled(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x300, 0x3001...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x4E00...0x9FFF: true
        default: false
        }
    }

    private static func composed(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        /// Where the character stands that marks may join.
        var starter: Int?
        var lastClass = 0
        for scalar in decomposed(scalars) {
            let combiningClass = scalar.combiningClass
            if let place = starter {
                // A mark joins unless one of its class or above stands between.
                let isBlocked =
                    lastClass != 0 ? lastClass >= combiningClass : place != result.count - 1
                if !isBlocked, let joined = compose(result[place], scalar) {
                    result[place] = joined
                    continue
                }
            }
            if combiningClass == 0 { starter = result.count }
            lastClass = combiningClass
            result.append(scalar)
        }
        return result
    }

    private static func compose(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode
        .Scalar?
    {
        Hangul.joined(first, second) ?? compositions[Pair(first: first, second: second)]
    }

    private struct Pair: Hashable {
        let first: Unicode.Scalar
        let second: Unicode.Scalar
    }

    private static let compositions: [Pair: Unicode.Scalar] = {
        var table: [Pair: Unicode.Scalar] = [:]
        for (scalar, parts) in UnicodeTables.decompositions
        where parts.count == 2 && !scalar.properties.isFullCompositionExclusion {
            table[Pair(first: parts[0], second: parts[1])] = scalar
        }
        return table
    }()
}

extension Unicode.Scalar {
    fileprivate var combiningClass: Int {
        value < 0x300 ? 0 : Int(properties.canonicalCombiningClass.rawValue)
    }
}

/// Hangul syllables, which Unicode takes apart and joins by arithmetic.
private enum Hangul {
    private static let syllables: UInt32 = 0xAC00
    private static let leads: UInt32 = 0x1100
    private static let vowels: UInt32 = 0x1161
    /// The one before the first trailing consonant: it stands for none.
    private static let trails: UInt32 = 0x11A7
    private static let leadCount: UInt32 = 19
    private static let vowelCount: UInt32 = 21
    private static let trailCount: UInt32 = 28

    static func parts(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard scalar.value >= syllables,
            scalar.value < syllables + leadCount * vowelCount * trailCount
        else { return nil }
        let index = scalar.value - syllables
        let trail = index % trailCount
        let values = [
            leads + index / (vowelCount * trailCount), vowels + index / trailCount % vowelCount,
        ]
        return (values + (trail == 0 ? [] : [trails + trail])).compactMap(Unicode.Scalar.init)
    }

    static func joined(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        let (one, other) = (first.value, second.value)
        if one >= leads, one < leads + leadCount, other >= vowels, other < vowels + vowelCount {
            return Unicode.Scalar(
                syllables + ((one - leads) * vowelCount + (other - vowels)) * trailCount)
        }
        if one >= syllables, one < syllables + leadCount * vowelCount * trailCount,
            (one - syllables) % trailCount == 0, other > trails, other < trails + trailCount
        {
            return Unicode.Scalar(one + other - trails)
        }
        return nil
    }
}
