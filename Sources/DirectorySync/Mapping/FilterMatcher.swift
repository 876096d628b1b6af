package import LDAPClient

/// Tells whether an entry matches a filter, as a server would.
///
/// Without the server's schema it goes by these rules:
///
/// - Text is compared by ``TextMatching``, whatever the attribute; values that aren't text, byte by
///   byte. So is the order of `>=` and `<=`: as text, also for numbers.
/// - An attribute with options is meant by its name without them, too: `cn` finds `cn;lang-ja`. Other
///   names of an attribute (`userid`), and a class that an entry has only through a class below it, are
///   not known.
/// - An attribute the entry lacks makes a comparison false, never undefined.
package struct FilterMatcher: Hashable, Sendable {
    /// Only a server, with its schema, can tell whether this part of a filter holds.
    package struct Unsupported: Error, Hashable, Sendable {
        /// The part.
        package let part: LDAPFilter
    }

    /// The filter.
    package let filter: LDAPFilter

    /// Takes a filter all of whose parts can be told here.
    package init(_ filter: LDAPFilter) throws(Unsupported) {
        try Self.check(filter)
        self.filter = filter
    }

    /// The attributes it looks at, each once.
    package var attributes: [String] {
        var names: Set<String> = []
        Self.collect(filter, into: &names)
        return names.sorted()
    }

    /// Whether the entry matches.
    package func matches(_ entry: LDAPEntry) -> Bool { Self.matches(filter, entry) }

    private static func check(_ filter: LDAPFilter) throws(Unsupported) {
        switch filter {
        case .and(let parts), .or(let parts): for part in parts { try check(part) }
        case .not(let part): try check(part)
        case .equal, .present, .greaterOrEqual, .lessOrEqual, .substrings: break
        case .approximate, .extensible: throw Unsupported(part: filter)
        }
    }

    private static func collect(_ filter: LDAPFilter, into names: inout Set<String>) {
        switch filter {
        case .and(let parts), .or(let parts): for part in parts { collect(part, into: &names) }
        case .not(let part): collect(part, into: &names)
        case .present(let name), .equal(let name, _), .greaterOrEqual(let name, _),
            .lessOrEqual(let name, _), .approximate(let name, _), .substrings(let name, _, _, _),
            .extensible(let name?, _, _, _):
            names.insert(name.description)
        case .extensible(nil, _, _, _): break
        }
    }

    private static func matches(_ filter: LDAPFilter, _ entry: LDAPEntry) -> Bool {
        switch filter {
        case .and(let parts): return parts.allSatisfy { matches($0, entry) }
        case .or(let parts): return parts.contains { matches($0, entry) }
        case .not(let part): return !matches(part, entry)
        case .present(let name): return !values(of: name, in: entry).isEmpty
        case .equal(let name, let value):
            return values(of: name, in: entry).contains(FoldedValue(value.bytes))
        case .greaterOrEqual(let name, let value):
            let limit = FoldedValue(value.bytes)
            return values(of: name, in: entry).contains { $0 >= limit }
        case .lessOrEqual(let name, let value):
            let limit = FoldedValue(value.bytes)
            return values(of: name, in: entry).contains { $0 <= limit }
        case .substrings(let name, let initial, let any, let final):
            return values(of: name, in: entry).contains {
                $0.has(initial: initial?.bytes, any: any.map(\.bytes), final: final?.bytes)
            }
        // INVARIANT: `init` lets none of these in.
        case .approximate, .extensible: return false
        }
    }

    private static func values(
        of name: AttributeDescription, in entry: LDAPEntry
    ) -> [FoldedValue] {
        entry.attributes(named: name.base).flatMap { attribute -> [FoldedValue] in
            if name.options.isEmpty { return attribute.values.map(FoldedValue.init) }
            guard let found = try? AttributeDescription(attribute.description),
                name.options.allSatisfy(found.options.contains)
            else { return [] }
            return attribute.values.map(FoldedValue.init)
        }
    }
}
