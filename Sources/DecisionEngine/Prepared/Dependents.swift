import HashTreeCollections

/// Who has to be asked again when an entity changes: those whose rows rest on it.
struct Dependents: Sendable {
    let starts: Flat<UInt32>
    let handles: Flat<Snapshot.Handle>
    private var recent: TreeDictionary<Snapshot.Handle, [Snapshot.Handle]> = [:]

    /// Sorts out who rests on whom.
    ///
    /// - Complexity: linear in the number of pairs and of entities.
    init(
        _ pairs: [(entity: Snapshot.Handle, dependent: Snapshot.Handle)], count: Int,
        in arena: Arena
    ) {
        var starts = [UInt32](repeating: 0, count: pairs.isEmpty ? 1 : count + 1)
        for pair in pairs { starts[Int(pair.entity) + 1] += 1 }
        for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
        var next = starts
        var handles = [Snapshot.Handle](repeating: 0, count: pairs.count)
        for pair in pairs {
            handles[Int(next[Int(pair.entity)])] = pair.dependent
            next[Int(pair.entity)] += 1
        }
        self.starts = arena.keep(starts)
        self.handles = arena.keep(handles)
    }

    /// What is known, as a file has it.
    init(starts: Flat<UInt32>, handles: Flat<Snapshot.Handle>) {
        self.starts = starts
        self.handles = handles
    }

    /// Adds what an entity's rows rest on; what they rested on before is kept, which costs an unneeded look at most.
    mutating func add(_ dependent: Snapshot.Handle, restingOn entities: [Snapshot.Handle]) {
        for entity in entities where !(recent[entity] ?? []).contains(dependent) {
            recent[entity, default: []].append(dependent)
        }
    }

    /// Those whose rows rest on an entity.
    func resting(on entity: Snapshot.Handle) -> [Snapshot.Handle] {
        let place = Int(entity)
        let first = place + 1 < starts.count ? Array(handles.stretch(place, of: starts)) : []
        return first + (recent[entity] ?? [])
    }
}
