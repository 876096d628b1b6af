/// What to search for, and how much of it to take.
package struct LDAPSearch: Sendable {
    /// How far below the base to look.
    package enum Scope: Int32, Hashable, Sendable {
        /// The base entry alone.
        case base = 0
        /// The entries right below it.
        case oneLevel = 1
        /// The base entry and all below it.
        case subtree = 2
    }

    /// The entry to begin at.
    package var base: String
    /// How far below it to look.
    package var scope: Scope
    /// Which entries to take.
    package var filter: LDAPFilter
    /// Which attributes to take; none means all that users see.
    ///
    /// `*`, `+` and `1.1` are understood.
    package var attributes: [String]
    /// More entries, with references counted among them, than this are an error.
    package var maximumEntries = 1_000_000
    /// More bytes than this, in names and values together, are an error.
    package var maximumBytes = 4 << 30
    /// How many entries to ask for at a time, of servers that give their answers in pages.
    package var pageSize: Int32 = 500

    /// Makes a search.
    package init(
        base: String, scope: Scope = .subtree, filter: LDAPFilter = .any, attributes: [String] = []
    ) {
        self.base = base
        self.scope = scope
        self.filter = filter
        self.attributes = attributes
    }
}

/// All that a search found.
package struct LDAPSearchResult: Hashable, Sendable {
    /// The entries, in the server's order.
    package internal(set) var entries: [LDAPEntry] = []
    /// Where the server said that more might be found.
    ///
    /// We don't go there: another server is another trust. Each item is one reference: URLs of the
    /// same place.
    package internal(set) var references: [[String]] = []
    /// How many pages the answer came in; 1 from a server without pages.
    package internal(set) var pages = 0
}
