package import Facts
package import LDAPClient

/// Why nothing at all is taken from a directory.
package enum DirectoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The mapping has mistakes.
    case invalidMapping([MappingProblem])
    /// The server can't be read.
    case server(LDAPError)
    /// Reading took longer than it may.
    case timedOut(after: Duration)
    /// The text has no entry at or below a rule's base.
    case nothingBelow(base: String)
    /// The server says that parts of what was asked for are elsewhere.
    case partsElsewhere([String])
    /// An entry that must always be readable isn't.
    case canaryHidden(dn: String)
    /// The entry changed between two searches of one reading.
    case changedWhileRead(dn: String)
    /// Not one of many entries has these attributes, which the mapping names.
    case attributesNowhere([String])
    /// Not a single entity was read.
    case nothingRead
    /// The source has already stated something from a later instant on.
    case olderThanStated(Instant)
    /// More of a kind would be withdrawn than is likely to be meant.
    case tooManyWithdrawals(kind: String, count: Int, of: Int)
    /// What is gone may be among the entries that couldn't be told apart.
    case unclearWithdrawals(count: Int, unreadable: Int)

    /// Whether another server of the same directory might do better: this one isn't there, or not at work.
    package var isOfOneServer: Bool {
        guard case .server(let error) = self else { return false }
        return switch error.kind {
        case .unreachable, .timedOut, .connectionLost, .tls: true
        case .refused(let code): code == .busy || code == .unavailable
        default: false
        }
    }

    /// One line in English.
    package var description: String {
        switch self {
        case .invalidMapping(let problems):
            "the mapping can't be used: " + problems.map(\.description).joined(separator: "; ")
        case .server(let error): "\(error)"
        case .timedOut(let limit): "the directory wasn't read within \(limit)"
        case .nothingBelow(let base): "there is no entry at or below `\(base)`"
        case .partsElsewhere(let urls):
            "parts of the directory are elsewhere: " + urls.joined(separator: ", ")
        case .canaryHidden(let dn):
            "`\(dn)`, which must always be readable, isn't; others may be hidden as well"
        case .changedWhileRead(let dn): "`\(dn)` changed while the directory was read; try again"
        case .attributesNowhere(let names):
            "no entry has "
                + names.map { "`\($0)`" }.joined(separator: ", ")
                + ", which the mapping names; correct the name, or leave it out"
        case .nothingRead: "nothing was read; an empty directory is taken for a mistake"
        case .olderThanStated: "the source has stated something from a later time on"
        case .tooManyWithdrawals(let kind, let count, let total):
            "\(count) of \(total) of kind `\(kind)` are gone; so many are taken for a mistake"
        case .unclearWithdrawals(let count, let unreadable):
            "\(count) are gone, but entries that can't be told are \(unreadable): they may be there"
        }
    }
}
