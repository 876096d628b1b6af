package import Ledger

/// What was kept of a directory when it was last read.
package struct DirectoryCopy: Sendable {
    /// How many times it has been changed.
    package private(set) var revision: Int64
    /// What the last reading was understood by, where all of it was.
    package let basis: [UInt8]?
    /// What each search found, by its name.
    private(set) var parts: [String: DirectoryPart]

    /// Reads what the ledger kept.
    package init(_ copy: SourceCopy = SourceCopy()) {
        revision = copy.revision
        basis = copy.basis
        parts = copy.parts.mapValues(DirectoryPart.init)
    }

    /// Makes it as if the server had never told how far it had come, so that everything is asked for.
    package mutating func forgetCookies() { for name in parts.keys { parts[name]?.forgetCookie() } }

    /// Takes what a server answered; what no search asks for any more is dropped.
    mutating func apply(_ answer: ServerAnswer) {
        var kept: [String: DirectoryPart] = [:]
        for (search, update) in answer.updates {
            var part = parts.removeValue(forKey: search.name) ?? DirectoryPart()
            part.apply(update)
            kept[search.name] = part
        }
        parts = kept
    }

    /// Notes that the ledger has kept a change of it.
    package mutating func advance() { revision += 1 }
}
