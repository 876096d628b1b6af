import HashTreeCollections

/// Who has to be asked again when an entity changes: those whose rows rest on it.
struct Dependents: Sendable {
    /// Somebody whose rows rest on an entity.
    struct Pair: Comparable, Sendable, BitwiseCopyable {
        let entity: Snapshot.Handle
        let dependent: Snapshot.Handle

        static func < (left: Pair, right: Pair) -> Bool {
            (left.entity, left.dependent) < (right.entity, right.dependent)
        }
    }

    /// In order of the entity.
    let pairs: Flat<Pair>
    private var recent: TreeDictionary<Snapshot.Handle, [Snapshot.Handle]> = [:]

    /// - Parameter pairs: in order of the entity.
    init(_ pairs: Flat<Pair>) { self.pairs = pairs }

    /// Adds what an entity's rows rest on; what they rested on before is kept, which costs an unneeded look at most.
    mutating func add(_ dependent: Snapshot.Handle, restingOn entities: [Snapshot.Handle]) {
        for entity in entities where !(recent[entity] ?? []).contains(dependent) {
            recent[entity, default: []].append(dependent)
        }
    }

    /// Those whose rows rest on an entity.
    ///
    /// - Complexity: linear in their number, and logarithmic in that of all pairs.
    func resting(on entity: Snapshot.Handle) -> [Snapshot.Handle] {
        var (low, high) = (0, pairs.count)
        while low < high {
            let middle = (low + high) / 2
            if pairs[middle].entity < entity { low = middle + 1 } else { high = middle }
        }
        var found = recent[entity] ?? []
        while low < pairs.count, pairs[low].entity == entity {
            found.append(pairs[low].dependent)
            low += 1
        }
        return found
    }
}
