import Facts

/// Whom the names mean that a directory uses now: somebody who was renamed is known by the name of before.
struct CurrentNames {
    /// Whom a name means.
    enum Meaning: Hashable {
        case entity(EntityID)
        /// An entry that isn't the one known by this name.
        case unclear
    }

    private var meanings: [EntityID: Meaning] = [:]

    mutating func add(_ name: EntityID, means meaning: Meaning) { meanings[name] = meaning }

    subscript(_ name: EntityID) -> Meaning { meanings[name] ?? .entity(name) }
}
