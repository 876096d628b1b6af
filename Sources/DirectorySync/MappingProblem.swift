package import LDAPClient

/// Something in a mapping that can't be right, found before anything is read.
package struct MappingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        /// The vocabulary has no such kind.
        case unknownKind(String, similar: String?)
        /// The kind has no such attribute.
        case unknownAttribute(String, kind: String, similar: String?)
        /// A record can't stand among the entities: it needs an owner.
        case recordWithoutOwner(String)
        /// An entity can't stand among the records.
        case notARecord(String)
        /// Records of this kind belong to another kind.
        case wrongOwner(record: String, owner: String, kind: String)
        /// An entry gives one record of a kind; a second would have the same id.
        case secondRecord(String)
        /// The entity above doesn't fit the attribute's type.
        case parentDoesNotFit(String, kind: String)
        /// The base is not a distinguished name.
        case badBase(String)
        /// The filter can't be read.
        case badFilter(LDAPFilterError)
        /// The filter has a part that can't be told without the server's schema.
        case unsupportedFilter(String)
        /// This is not the name of an LDAP attribute.
        case badAttribute(String)
        /// The source's name is empty or has characters it may not have.
        case badSource(String)
        /// No entry can have such a fate.
        case unknownFate(String)
        /// There are no rules.
        case noRules
    }

    /// Where: `entities[0].records[1].attributes.role`.
    package let path: String
    /// What is wrong there.
    package let reason: Reason

    /// One line in English.
    package var description: String { "\(path): \(what)" }

    private var what: String {
        switch reason {
        case .unknownKind(let name, let similar):
            "the vocabulary has no kind `\(name)`" + Self.hint(similar)
        case .unknownAttribute(let name, let kind, let similar):
            "`\(kind)` has no attribute `\(name)`" + Self.hint(similar)
        case .recordWithoutOwner(let kind):
            "`\(kind)` is a record and stands below `records` of the entity it belongs to"
        case .notARecord(let kind): "`\(kind)` is no record and stands below `entities`"
        case .wrongOwner(let record, let owner, let kind):
            "`\(record)` belongs to `\(owner)`, not to `\(kind)`"
        case .secondRecord(let kind): "a second `\(kind)` of one entry"
        case .parentDoesNotFit(let name, let kind):
            "`\(name)` can't hold the `\(kind)` above an entry"
        case .badBase(let text): "`\(text)` is not a distinguished name"
        case .badFilter(let error): "\(error)"
        case .unsupportedFilter(let part):
            "only a server can tell whether `\(part)` holds; use = >= <= or *"
        case .badAttribute(let name): "`\(name)` is not the name of an LDAP attribute"
        case .badSource(let name): "`\(name)` can't name a source"
        case .unknownFate(let word): "`\(word)` is none of `deleted`, `unmatched`, `moved`"
        case .noRules: "there are no rules"
        }
    }

    private static func hint(_ similar: String?) -> String {
        similar.map { "; `\($0)` exists" } ?? ""
    }
}
