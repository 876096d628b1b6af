import LDAPClient

/// Where a value comes from, and what is made of it on the way, with nothing left to go wrong in it.
struct ValueRule: Sendable {
    /// Where it begins.
    enum Origin: Sendable {
        /// The first of these LDAP attributes that the entry has; seldom more than one.
        case attributes([String])
        case constant(String)
        /// The entity of the same rule right above.
        case parent
        /// The nearest entity above that fits.
        case above
    }

    /// What a value stands for.
    enum Form: Hashable, Sendable {
        case text
        /// The name of an entry, which stands for the entity that it maps to.
        case name
        /// Generalised time (RFC 4517).
        case time
        /// Tenths of a microsecond since 1601, as Windows counts.
        case fileTime
        /// Whether a number has this bit.
        case bit(Int64)
    }

    /// What becomes of an entry without the value.
    enum Need: Hashable, Sendable {
        /// It has to have it.
        case required
        /// It may lack it; one that is there has to be understood.
        case optional
        /// It goes without, also where one that is there isn't understood.
        case forgiven
    }

    var origin: Origin
    var pattern: ValuePattern?
    var table: ValueTable?
    var form = Form.text
    var need = Need.optional

    /// The LDAP attributes it looks at.
    var ldapNames: [String] {
        guard case .attributes(let names) = origin else { return [] }
        return names
    }

    /// Where the value comes from and what is made of it, in a few words.
    var summary: String {
        var steps = [place]
        if let pattern { steps.append("pattern \(pattern.source)") }
        if table != nil { steps.append("table") }
        switch form {
        case .text: break
        case .name: steps.append("as dn")
        case .time: steps.append("as time")
        case .fileTime: steps.append("as filetime")
        case .bit(let bit): steps.append("bit \(bit)")
        }
        return steps.joined(separator: ", ")
    }

    /// What to call the place a value comes from.
    var place: String {
        switch origin {
        case .attributes(let names): names.joined(separator: ", ")
        case .constant(let text): text
        case .parent: "parent"
        case .above: "above"
        }
    }
}

/// What values are translated to.
struct ValueTable: Sendable {
    private let entries: [String: String]
    private let otherwise: String?

    /// Takes a table no two of whose keys a directory takes for one; else gives one such key.
    init(_ table: [String: String], otherwise: String?) throws(SecondKey) {
        var entries: [String: String] = [:]
        for (key, value) in table.sorted(by: { $0.key < $1.key }) {
            guard entries.updateValue(value, forKey: TextMatching.folded(key)) == nil else {
                throw SecondKey(key: key)
            }
        }
        self.entries = entries
        self.otherwise = otherwise
    }

    /// A key that stands in the table in another spelling.
    struct SecondKey: Error { let key: String }

    /// All that it translates to, each once.
    var results: [String] { Set(Array(entries.values) + [otherwise].compactMap(\.self)).sorted() }

    subscript(_ value: String) -> String? { entries[TextMatching.folded(value)] ?? otherwise }
}
