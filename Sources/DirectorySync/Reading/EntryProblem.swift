package import Facts
package import LDAPClient

/// Why nothing is taken from an entry of a directory.
package struct EntryProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        /// The record of the LDIF text can't be read.
        case unreadable(LDIFProblem)
        /// The entry's name is not a distinguished name.
        case malformedDN
        /// Another entry has the same name.
        case secondEntry
        /// The entry lacks the attribute that is to be its id.
        case noID(attribute: String)
        /// The attribute that is to be the id has several values, and the entry's name uses none.
        case severalIDs(attribute: String)
        /// The id is known as that of another entry: this one was made anew, or got the name of somebody who has another now.
        case idOfAnother(EntityID)
        /// A value names an entry that isn't the one known by this name.
        case unclearReference(attribute: String, EntityID)
        /// Other entries have the same id, as a directory compares them.
        case sharedID(EntityID)
        /// A value is not text.
        case notText(attribute: String)
        /// An attribute that can have one value has several.
        case severalValues(attribute: String, count: Int)
        /// The entry lacks an attribute it must have.
        case missing(attribute: String)
        /// A value does not fit the vocabulary. The attribute is nil where the id is meant.
        case unfit(FactProblem, attribute: String?)
        /// The entry above should be an entity too, and its id is missing or not its own.
        case noParentID
        /// A value doesn't match the pattern, or takes too long to compare with it.
        case noMatch(attribute: String, value: String)
        /// A value isn't in the table.
        case notInTable(attribute: String, value: String)
        /// A value is not a distinguished name.
        case notAName(attribute: String, value: String)
        /// A value names an entry that is none of those the mapping finds.
        case unknownName(attribute: String, name: String)
        /// A value names an entry that has a problem itself.
        case unclearName(attribute: String, name: String)
        /// A value is not a time as directories write it.
        case notATime(attribute: String, value: String)
        /// A value is not a whole number.
        case notANumber(attribute: String, value: String)
        /// Groups stand within groups, more of them than are followed.
        case nestedTooDeep(Int)
        /// Entries that stand for the same entity say different things of it.
        case disagreement(EntityID)
        /// The server found the entry, and by our reading of the filter it doesn't match.
        case filterDisagrees(filter: String)
    }

    /// The entry's name; nil where it can't be read.
    package let dn: String?
    /// The line of LDIF text; nil for an entry from a server.
    package let line: Int?
    /// The entity the entry stands for, as far as one can tell.
    package let entity: EntityID?
    /// What is wrong.
    package let reason: Reason

    /// Creates a problem.
    package init(dn: String?, line: Int? = nil, entity: EntityID? = nil, reason: Reason) {
        self.dn = dn
        self.line = line
        self.entity = entity
        self.reason = reason
    }

    /// Whether nobody can tell who it is that nothing is taken of.
    var isUnclear: Bool {
        if case .idOfAnother = reason { return false }
        return entity == nil
    }

    init(_ reason: Reason, in found: DirectoryEntry, entity: EntityID? = nil) {
        self.init(dn: found.entry.dn, line: found.line, entity: entity, reason: reason)
    }

    /// One line in English.
    package var description: String {
        if case .unreadable(let problem) = reason { return problem.description }
        let place = [line.map { "line \($0)" }, dn].compactMap { $0 }.joined(separator: ": ")
        return "\(place): \(what)"
    }

    private var what: String {
        switch reason {
        case .unreadable: "the record can't be read"
        case .malformedDN: "this is not a distinguished name"
        case .secondEntry: "another entry has the same name"
        case .noID(let attribute): "`\(attribute)`, which is to be the id, is missing"
        case .severalIDs(let attribute): "`\(attribute)`, which is to be the id, has several values"
        case .idOfAnother(let id):
            "`\(id.name)` is known as another entry, so this one is somebody else; give it an id of its own, or say that it is the same"
        case .unclearReference(let attribute, let id):
            "`\(attribute)` names `\(id.name)`, which is known as another entry"
        case .sharedID(let id): "another entry is `\(id)` too"
        case .notText(let attribute): "a value of `\(attribute)` is not text"
        case .severalValues(let attribute, let count):
            "`\(attribute)` has \(count) values, and there is room for one"
        case .missing(let attribute): "`\(attribute)` is missing"
        case .unfit(let problem, let attribute):
            (attribute.map { "`\($0)`: " } ?? "") + Self.text(of: problem)
        case .noParentID: "the entry above has no id of its own"
        case .noMatch(let attribute, let value):
            "`\(attribute)`: `\(value)` doesn't match the pattern"
        case .notInTable(let attribute, let value):
            "`\(attribute)`: `\(value)` isn't in the table"
        case .notAName(let attribute, let value):
            "`\(attribute)`: `\(value)` is not a distinguished name"
        case .unknownName(let attribute, let name):
            "`\(attribute)` names `\(name)`, which the mapping finds nowhere"
        case .unclearName(let attribute, let name):
            "`\(attribute)` names `\(name)`, which has a problem itself"
        case .notATime(let attribute, let value):
            "`\(attribute)`: `\(value)` is not a time as directories write it"
        case .notANumber(let attribute, let value):
            "`\(attribute)`: `\(value)` is not a whole number"
        case .nestedTooDeep(let most): "more than \(most) groups stand within one another"
        case .disagreement(let id): "another entry says something else of `\(id)`"
        case .filterDisagrees(let filter):
            "the server takes it for one that matches `\(filter)`, and we don't"
        }
    }

    private static func text(of problem: FactProblem) -> String {
        switch problem.reason {
        case .wrongType(_, let value, _, let similar, _):
            "`\(value)` does not fit" + (similar.map { "; `\($0)` exists" } ?? "")
        case .malformedID(let id): "`\(id)` can't be an id"
        default: "the vocabulary has no place for it"
        }
    }
}
