/// Finds entries that speak of entities nobody has introduced.
///
/// The fold itself gives such a reference no meaning; whoever records entries asks here first, so that a
/// misspelt id is refused and not silently without effect.
enum ReferenceCheck {
    /// A problem for each of `entries` that refers to something nobody has spoken of.
    ///
    /// - Parameters:
    ///   - entries: the entries to look through.
    ///   - isKnown: whether somebody has spoken of an entity, in the entries or before them.
    /// - Returns: one problem at most for each entry.
    static func problems(
        in entries: [LedgerEntry], isKnown: (EntityID) -> Bool
    ) -> [FactProblem] {
        entries.compactMap { entry in
            references(of: entry).first { !isKnown($0) }
                .map { FactProblem(.unknownEntity($0), sequence: entry.sequence) }
        }
    }

    private static func references(of entry: LedgerEntry) -> [EntityID] {
        switch entry.content {
        case .correction, .reading: []
        case .event(let event): event.fields.sorted { $0.key < $1.key }.flatMap(\.value.references)
        // What is taken back brings nobody in. Its owner, taken back within the second that it was stated in, never was.
        case .observation(let observation) where observation.attributes == nil: []
        case .observation(let observation):
            [observation.owner].compactMap { $0 }
                + (observation.attributes ?? [:]).sorted { $0.key < $1.key }.flatMap(
                    \.value.references)
        }
    }
}
