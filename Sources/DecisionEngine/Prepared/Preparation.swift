import Facts
import HashTreeCollections
import PolicyProgram

/// What a snapshot already says of a program's rules, worked out beforehand from one instant on.
final class Preparation: Sendable {
    /// What evaluation reads of it.
    struct Layout: Sendable {
        let rows: Rows
        let roles: Flat<Role>
        let subjects: Classes
        let resources: Classes
        /// Whether decisions on an action can be prepared for.
        let isPrepared: Flat<Bool>

        /// Whether decisions on an action at an instant are answered from rows.
        func covers(action: Int, at time: Instant) -> Bool {
            isPrepared[action] && time >= rows.since
        }

        @inline(__always)
        func subjectTruth(_ condition: UInt32, of place: Int) -> Truth {
            subjects.truths[place &* subjects.width &+ Int(condition)]
        }

        @inline(__always)
        func resourceTruth(_ condition: UInt32, of place: Int) -> Truth {
            resources.truths[place &* resources.width &+ Int(condition)]
        }
    }

    /// The classes of people, or of resources.
    struct Classes: Sendable {
        /// For each class, what each condition on its entities alone comes to.
        let truths: Flat<Truth>
        let width: Int
        /// For each class, the kind of its entities.
        let kinds: Flat<UInt16>

        init(_ table: ClassTable, in arena: Arena) {
            truths = arena.keep(table.truths)
            width = table.width
            kinds = arena.keep(table.kinds)
        }
    }

    let layout: Borrowed<Layout>
    private let builder: RowBuilder
    let dependents: Dependents
    // What the layout borrows from: what was there first, the classes, what is this one's own, and the rows that changes
    // have replaced.
    private let frame: Arena
    private let classes: Arena
    private let arena: Arena
    private let replaced: TreeDictionary<Int, Arena>

    /// Works out what holds of everybody and everything from `since` on; nil where the vocabulary has people and
    /// resources be the same, or there are more classes of them than have a number.
    ///
    /// - Complexity: as many evaluations of the conditions on one entity as there are entities and changes to come.
    convenience init?(_ tables: ConditionTables, _ snapshot: Snapshot, since: Instant) {
        guard let roles = Preparation.roles(of: tables.program.value) else { return nil }
        let arena = Arena()
        var builder = RowBuilder(tables, roles: roles, since: since)
        var chunks: [Flat<UInt32>] = []
        var pairs: [Dependents.Pair] = []
        var handle: Snapshot.Handle = 0
        while Int(handle) < snapshot.count {
            var chunk = RowChunk(stride: builder.stride)
            let end = min(Int(handle) + Chunk.size, snapshot.count)
            while Int(handle) < end {
                for entity in builder.lay(handle, of: snapshot, in: &chunk) {
                    pairs.append(Dependents.Pair(entity: entity, dependent: handle))
                }
                handle += 1
            }
            chunks.append(chunk.words(in: arena))
        }
        guard builder.hasRoom else { return nil }
        self.init(
            builder, roles, rows: Pieces(arena.keep(chunks)),
            Dependents(arena.keep(pairs.sorted())), in: arena)
    }

    /// What the conditions of a program are to decisions; nil where these can't be prepared for.
    static func roles(of program: Program) -> Roles? {
        let vocabulary = program.vocabulary
        guard
            vocabulary.rootKind(of: Vocabulary.subjectKind)
                != vocabulary.rootKind(of: Vocabulary.resourceKind)
        else { return nil }
        let roles = Roles(program)
        // A lease that takes the whole request would have to be asked for each time.
        for lease in program.tables.leases {
            guard case .resource = roles.roles[Int(lease.head)] else { return nil }
        }
        return roles
    }

    /// Puts together what was worked out.
    init(
        _ builder: consuming RowBuilder, _ roles: Roles, rows: Pieces<Flat<UInt32>>,
        _ dependents: Dependents, in arena: Arena
    ) {
        builder.freeze()
        let program = builder.program
        let isPrepared = program.tables.actions.indices.map { action in
            program.windows(readBy: action).isEmpty
                && program.rulesByAction[action].allSatisfy { index in
                    program.rules[index].obligations.allSatisfy(\.parameters.isEmpty)
                }
        }
        layout = arena.keep(
            Layout(
                rows: Rows(
                    since: builder.since, stride: builder.stride, chunks: rows,
                    wordOfColumn: arena.keep(builder.wordOfColumn)),
                roles: arena.keep(roles.roles),
                subjects: Classes(builder.subjects.classes, in: arena),
                resources: Classes(builder.resources.classes, in: arena),
                isPrepared: arena.keep(isPrepared)))
        self.builder = builder
        self.dependents = dependents
        frame = arena
        classes = arena
        self.arena = arena
        replaced = [:]
    }

    /// What a changed snapshot says, where some entities have changed; nil where there are too many classes by now.
    ///
    /// - Parameters:
    ///   - before: what the snapshot that it was made from says.
    ///   - snapshot: the changed one.
    ///   - changed: whom the change is about.
    /// - Complexity: linear in the chunks of those that have changed, and of those whose rows rest on them.
    init?(_ before: Preparation, _ snapshot: Snapshot, changed: Set<Snapshot.Handle>) {
        var affected = changed
        for handle in changed { affected.formUnion(before.dependents.resting(on: handle)) }
        var byChunk: [Int: [Snapshot.Handle]] = [:]
        for handle in affected { byChunk[Int(handle >> Chunk.bits), default: []].append(handle) }

        let known = before.layout.value
        var builder = before.builder
        var dependents = before.dependents
        var replaced = before.replaced
        let chunks = known.rows.chunks
        var changedChunks: [Int: Flat<UInt32>] = [:]
        let rowArena = Arena()
        for (index, handles) in byChunk.sorted(by: { $0.key < $1.key }) {
            var chunk = RowChunk(stride: builder.stride)
            let isChanged = Set(handles.map(Snapshot.Columns.place))
            if index < chunks.count {
                for place in 0..<Chunk.size where !isChanged.contains(place) {
                    chunk.copy(place, from: chunks[index])
                }
            }
            for handle in handles.sorted() {
                let reads = builder.lay(handle, of: snapshot, in: &chunk)
                dependents.add(handle, restingOn: reads)
            }
            // INVARIANT: whoever is new has changed, so that no chunk between two others is left out.
            changedChunks[index] = chunk.words(in: rowArena)
            replaced[index] = rowArena
        }
        guard builder.hasRoom else { return nil }
        let arena = Arena()
        let hasNewClasses =
            builder.subjects.classes.count != known.subjects.kinds.count
            || builder.resources.classes.count != known.resources.kinds.count
        let classes = hasNewClasses ? Arena() : before.classes
        layout = arena.keep(
            Layout(
                rows: Rows(
                    since: known.rows.since, stride: known.rows.stride,
                    chunks: chunks.replacing(changedChunks, in: arena),
                    wordOfColumn: known.rows.wordOfColumn),
                roles: known.roles,
                subjects: hasNewClasses
                    ? Classes(builder.subjects.classes, in: classes) : known.subjects,
                resources: hasNewClasses
                    ? Classes(builder.resources.classes, in: classes) : known.resources,
                isPrepared: known.isPrepared))
        self.builder = builder
        self.dependents = dependents
        self.replaced = replaced
        self.classes = classes
        self.arena = arena
        frame = before.frame
    }
}
