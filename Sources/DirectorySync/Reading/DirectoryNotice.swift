/// Something that somebody should know of, and that takes nothing away.
package enum DirectoryNotice: Hashable, Sendable, CustomStringConvertible {
    /// An entry names somebody that the mapping finds nowhere, who therefore gets nothing.
    case unknownOwner(String, of: String)
    /// Groups contain one another in a circle; each gives to all who are in any of them.
    case cycle([String])

    /// A circle, from its first name on, wherever it was met.
    static func circle(_ names: [String]) -> DirectoryNotice {
        let first = names.indices.min { names[$0] < names[$1] } ?? 0
        return .cycle(Array(names[first...] + names[..<first]))
    }

    /// One line in English.
    package var description: String {
        switch self {
        case .unknownOwner(let name, let entry):
            "`\(entry)` names `\(name)`, whom the mapping finds nowhere"
        case .cycle(let names):
            "groups in a circle: " + (names + names.prefix(1)).joined(separator: " → ")
        }
    }
}
