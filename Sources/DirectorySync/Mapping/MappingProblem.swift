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
        /// A value that isn't from an attribute of an entry can't say who gets its records.
        case ownerOfNothing
        /// A value can't be read so; with what can stand there.
        case unknownForm(String)
        /// What is read so doesn't fit what the attribute holds.
        case formDoesNotFit(String)
        /// A bit is a power of two.
        case noBit(Int)
        /// Two ways to read a value exclude each other.
        case twoForms(String, String)
        /// This says something about another thing that isn't there.
        case withoutUse(String, needs: String)
        /// The regular expression can't be read.
        case badPattern(String)
        /// The expression has fewer groups.
        case noSuchGroup(Int)
        /// A directory takes two keys of a table for one.
        case secondKey(String)
        /// A constant, or a result of a table, doesn't fit what the attribute holds.
        case unfitResult(String, similar: String?)
        /// The list of attributes is empty.
        case noAttributes
        /// Whoever is above an entry can't be held by the attribute.
        case aboveDoesNotFit
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
        case .ownerOfNothing: "only an attribute of the entry can say whose records these are"
        case .unknownForm(let word): "`\(word)` is none of `text`, `dn`, `time`, `filetime`"
        case .formDoesNotFit(let word): "what is read as `\(word)` doesn't fit what it is for"
        case .noBit(let number): "`\(number)` is no single bit; 1, 2, 4, 8 and so on are"
        case .twoForms(let one, let other): "`\(one)` and `\(other)` exclude each other"
        case .withoutUse(let key, let needed): "`\(key)` says nothing without `\(needed)`"
        case .badPattern(let text): "`\(text)` is not a regular expression"
        case .noSuchGroup(let number): "the pattern has no group \(number)"
        case .secondKey(let key): "`\(key)` stands in the table in another spelling"
        case .unfitResult(let text, let similar): "`\(text)` doesn't fit" + Self.hint(similar)
        case .noAttributes: "there are no attributes to choose from"
        case .aboveDoesNotFit: "an entity above an entry doesn't fit what it is for"
        }
    }

    private static func hint(_ similar: String?) -> String {
        similar.map { "; `\($0)` exists" } ?? ""
    }
}
