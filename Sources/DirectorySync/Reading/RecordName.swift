import Facts

/// The ids of the records that a directory gives.
enum RecordName {
    /// The id of the record that an entry gives beside its entity.
    static func name(source: String, owner: EntityID, kind: String) -> String {
        "\(source)/\(owner.name)/\(kind)"
    }

    /// The id of the record that an entry gives somebody else.
    ///
    /// What follows the last `/` has a `=`, which no kind has: so it is none of the ids above, whoever the owner is.
    static func name(source: String, owner: EntityID, kind: String, entry: String) -> String {
        let entry = entry.replacing("%", with: "%25").replacing("/", with: "%2F")
        return "\(source)/\(owner.name)/\(kind)=\(entry)"
    }

    /// The entry that gave a record to somebody else, as its candidate is known; nil for other records.
    static func entry(of record: EntityID) -> EntityID? {
        guard let slash = record.name.lastIndex(of: "/") else { return nil }
        let last = record.name[slash...].dropFirst()
        guard let sign = last.firstIndex(of: "=") else { return nil }
        let entry = last[sign...].dropFirst().replacing("%2F", with: "/").replacing(
            "%25", with: "%")
        return EntityID(kind: record.kind, name: String(entry))
    }
}
