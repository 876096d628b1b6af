package import Facts
import LDAPClient

/// One entry's way to its facts.
package struct EntryExplanation: Sendable {
    /// What an attribute of an entity or a record comes from.
    package struct Attribute: Sendable {
        /// Its name in the vocabulary.
        package let name: String
        /// Where it comes from, and what is made of it: `title, table`.
        package let source: String
        /// What the entry has there; values that aren't text by their length.
        package let written: [String]
        /// What comes of it; nil where nothing does.
        package let value: Value?
    }

    /// What a rule makes of the entry: an entity or a record.
    package struct Statement: Sendable {
        /// How it stands to what is recorded.
        package enum State: String, Sendable {
            /// It is recorded so.
            case recorded
            /// Nothing is recorded of it.
            case new
            /// Something else is recorded.
            case changed
            /// The entry has a problem, and says nothing.
            case unsaid
        }

        /// Where the rule stands in the mapping.
        package let rule: String
        /// The kind of entity or record.
        package let kind: String
        /// Its id; nil where it can't be told.
        package let id: String?
        /// Whose record it is; nil of an entity.
        package let owner: String?
        /// How it stands to what is recorded.
        package let state: State
        /// Its attributes, sorted by name.
        package let attributes: [Attribute]
    }

    /// The entry's name.
    package let dn: String
    /// The directory's own id of it; nil of a server without.
    package let uuid: String?
    /// What each rule makes of it.
    package let statements: [Statement]
    /// Why nothing is taken from it.
    package let problems: [String]
    /// What somebody should know of besides.
    package let notices: [String]
}

extension DirectoryModel {
    /// The way of each entry to its facts that a filter matches, in the order of their names.
    func explanations(
        of filter: FilterMatcher, stated: [EntityID: Observation]
    ) -> [EntryExplanation] {
        slots.values.filter { filter.matches($0.found.entry.entry) }
            .sorted { $0.found.entry.entry.dn < $1.found.entry.entry.dn }
            .map { explanation(of: $0, stated: stated) }
    }

    private func explanation(
        of slot: Slot, stated: [EntityID: Observation]
    ) -> EntryExplanation {
        let entry = slot.found.entry
        let statements = slot.candidates.flatMap { candidate in
            parts(of: candidate).flatMap { kind, rules -> [EntryExplanation.Statement] in
                let said = (slot.saying.observations + slot.saying.shared).filter {
                    $0.kind == kind
                        && ($0.owner == nil
                            ? $0.entity == candidate.entity
                            : candidate.rule.grant == nil
                                || RecordName.entry(of: $0.entity) == candidate.entity)
                }
                guard !said.isEmpty else {
                    return [
                        statement(candidate, kind, rules, nil, .unsaid, entry.entry)
                    ]
                }
                return said.map { observation in
                    let before = stated[observation.entity]
                    let state: EntryExplanation.Statement.State =
                        before.map { $0.states(thatOf: observation) ? .recorded : .changed } ?? .new
                    return statement(candidate, kind, rules, observation, state, entry.entry)
                }
            }
        }
        return EntryExplanation(
            dn: entry.entry.dn, uuid: entry.uuid?.description, statements: statements,
            problems: slot.problems.map(\.description),
            notices: slot.saying.notices.map(\.description).sorted())
    }

    private func parts(
        of candidate: Candidate
    ) -> [(kind: String, rules: [CheckedMapping.AttributeRule])] {
        let rule = candidate.rule
        let records = rule.records.filter { record in
            record.when.map { !candidate.entry.entry.values($0).isEmpty } ?? true
        }
        return [(rule.kind, rule.attributes)] + records.map { ($0.kind, $0.attributes) }
    }

    private func statement(
        _ candidate: Candidate, _ kind: String, _ rules: [CheckedMapping.AttributeRule],
        _ observation: Observation?, _ state: EntryExplanation.Statement.State, _ entry: LDAPEntry
    ) -> EntryExplanation.Statement {
        EntryExplanation.Statement(
            rule: candidate.rule.path, kind: kind,
            id: observation?.entity.name ?? candidate.entity?.name, owner: observation?.owner?.name,
            state: state,
            attributes: rules.map { rule in
                EntryExplanation.Attribute(
                    name: rule.name, source: rule.source.summary,
                    written: Self.written(rule.source, in: entry),
                    value: observation?.attributes?[rule.name])
            })
    }

    private static func written(_ rule: ValueRule, in entry: LDAPEntry) -> [String] {
        let name = rule.ldapNames.first { !entry.values($0).isEmpty }
        return (name.map { entry.values($0) } ?? []).map { value in
            String(validating: value, as: UTF8.self) ?? "(\(value.count) bytes)"
        }
    }
}
