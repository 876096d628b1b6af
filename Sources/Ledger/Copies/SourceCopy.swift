/// What a source gave when it was last read, kept so that next time only what has changed need be asked for.
///
/// It is no part of the record: facts follow from entries alone. What rows and cookies mean is for those who read the source.
package struct SourceCopy: Hashable, Sendable {
    /// What one question to the source gave.
    package struct Part: Hashable, Sendable {
        /// How far the source had told of changes; nil where it can't tell.
        package var cookie: [UInt8]?
        /// What was given, by the id that the source knows it by.
        package var rows: [[UInt8]: [UInt8]]

        /// Creates a part.
        package init(cookie: [UInt8]? = nil, rows: [[UInt8]: [UInt8]] = [:]) {
            self.cookie = cookie
            self.rows = rows
        }
    }

    /// How many times it has been changed; 0 where nothing is kept yet.
    package var revision: Int64 = 0
    /// What the last reading was understood by, where all of it was; nil where some wasn't.
    package var basis: [UInt8]?
    /// Its parts by name.
    package var parts: [String: Part] = [:]
    /// The source's ids of entities, also of those that are gone: by these it knows again who is somebody else.
    package var identities: [String: [UInt8]] = [:]

    /// An empty copy.
    package init() {}
}

/// What a reading changes in a copy.
package struct SourceCopyChange: Hashable, Sendable {
    /// What it changes in a part; the cookie is set in any case.
    package struct Part: Hashable, Sendable {
        /// How far the source has told of changes now.
        package var cookie: [UInt8]?
        /// What is new or other than before.
        package var put: [[UInt8]: [UInt8]] = [:]
        /// The ids of what is gone.
        package var removed: Set<[UInt8]> = []

        /// No change.
        package init(cookie: [UInt8]? = nil) { self.cookie = cookie }
    }

    /// Whose copy it is.
    package let source: String
    /// The revision that it changes; with any other it is refused.
    package let revision: Int64
    /// What the reading was understood by, where all of it was.
    package var basis: [UInt8]?
    /// All parts by name; others are dropped.
    package var parts: [String: Part] = [:]
    /// Ids of entities that are new or other than before.
    package var identities: [String: [UInt8]] = [:]

    /// Changes nothing yet.
    package init(source: String, revision: Int64) {
        self.source = source
        self.revision = revision
    }
}
