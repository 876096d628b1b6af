package import Facts
import PolicyProgram

/// Resources that rules treat alike whoever asks, and those of them that they don't for some people.
///
/// A plan asks about every person, action and resource. Of resources that are alike one answers for all; this finds
/// them without looking at each: resources are sorted by what rules read of them, leaving aside what they only compare
/// with something of the person. For one person, those stand apart that have in such a column one of the few values
/// that the person's own facts lead to.
package final class ResourcePartition: Sendable {
    /// Resources that are alike to one person.
    package struct Group: Sendable {
        /// One of them, which answers for all.
        package let first: EntityNumber
        /// What they are like to everybody, by number.
        let place: Int
        /// For each dimension, the values by which they stand apart; none where they don't.
        let parts: [[Int64]]
        fileprivate let members: Members

        fileprivate enum Members: Sendable {
            case these([Snapshot.Handle])
            /// Those of a class with one value in the column of which most are, but some.
            case run(Range<Int>)
            /// All of a class but some.
            case others
        }
    }

    /// How one person sees resources.
    package struct View: Sendable {
        /// Each resource is of one of them.
        package let groups: [Group]
        /// Those that were looked at one by one.
        fileprivate let single: Set<Snapshot.Handle>
        /// The dimension of which values were looked at as a whole, and these.
        fileprivate let bulk: (dimension: Int, values: Set<Snapshot.Cell>)?
    }

    /// Resources by one column, where each has one value.
    private struct Runs: Sendable {
        /// For each entity, the value; `none` where there is none, or more than one.
        var values: [UInt32]
        /// By value, then by class.
        var handles: [Snapshot.Handle] = []
        var places: [UInt32: [(place: Int, range: Range<Int>)]] = [:]
    }

    /// From when on resources that are alike are.
    package let since: Instant
    let reads: ResourceReads
    let navigation: Navigation
    let references: References
    /// Nil where access doesn't follow from conditions on one thing of the resource each.
    let separation: Separation?
    let dimensions: [Dimension]
    /// For each class and dimension, a number that is the same where resources differ in nothing but which value they have.
    let shapes: [[Int]]
    private let setColumns: Set<UInt32>
    /// For each entity, its class; `none` for what is no resource.
    private let classes: [UInt32]
    private let members: [[Snapshot.Handle]]
    /// For each dimension that is a column with one value.
    private let runs: [Runs?]

    private static let none = UInt32.max

    /// - Parameters:
    ///   - engine: the program and the facts.
    ///   - since: from when on it is asked about.
    /// - Complexity: O(*n* log *n*) in the number of facts.
    package init(_ engine: DecisionEngine, since: Instant) {
        self.since = since
        let program = engine.program
        let columns = engine.snapshot.columns.value
        let reads = ResourceReads(program)
        self.reads = reads
        navigation = Navigation(program)
        separation = Separation(program)
        references = References(
            reads.followedBack.union(navigation.columns), program, in: columns)
        let dimensions = Set(reads.sources.keys)
            .union(separation.map { Set($0.byDimension.keys) } ?? []).sorted()
        self.dimensions = dimensions
        setColumns = reads.compared.filter { program.isSet($0) }

        var writer = SignatureWriter(reads, program, columns, since: since)
        var places: [[Int64]: UInt32] = [:]
        var classes = [UInt32](repeating: Self.none, count: columns.count)
        var members: [[Snapshot.Handle]] = []
        for handle in engine.resources.handles {
            let signature = writer.signature(of: handle)
            let place = places[signature] ?? UInt32(members.count)
            if Int(place) == members.count {
                places[signature] = place
                members.append([])
            }
            classes[Int(handle)] = place
            members[Int(place)].append(handle)
        }
        self.classes = classes
        self.members = members

        var numbers: [[Int64]: Int] = [:]
        shapes = members.map { members in
            dimensions.map { dimension in
                var words = writer.words(ofExistenceOf: members[0])
                switch dimension {
                case .itself: words += writer.words(ofItselfOf: members[0])
                case .column(let column): words += writer.words(of: column, of: members[0])
                }
                let number = numbers[words] ?? numbers.count
                numbers[words] = number
                return number
            }
        }
        runs = dimensions.map { dimension in
            guard case .column(let column) = dimension, !program.isSet(column) else { return nil }
            return Self.runs(column, engine.resources.handles, classes, columns, since: since)
        }
    }

    private static func runs(
        _ column: UInt32, _ handles: Flat<Snapshot.Handle>, _ classes: [UInt32],
        _ columns: Snapshot.Columns, since: Instant
    ) -> Runs {
        var runs = Runs(values: [UInt32](repeating: none, count: columns.count))
        var found: [Snapshot.Handle] = []
        for handle in handles {
            guard let value = columns.onlyValue(of: column, of: handle, since: since),
                let word = UInt32(exactly: value)
            else { continue }
            runs.values[Int(handle)] = word
            found.append(handle)
        }
        let values = runs.values
        found.sort {
            (values[Int($0)], classes[Int($0)], $0) < (values[Int($1)], classes[Int($1)], $1)
        }
        var start = 0
        while start < found.count {
            let (value, place) = (values[Int(found[start])], classes[Int(found[start])])
            var end = start
            while end < found.count, values[Int(found[end])] == value,
                classes[Int(found[end])] == place
            {
                end += 1
            }
            runs.places[value, default: []].append((Int(place), start..<end))
            start = end
        }
        runs.handles = found
        return runs
    }

    // MARK: Views

    /// How somebody sees the resources that a change leaves as they are.
    ///
    /// - Parameters:
    ///   - person: who.
    ///   - change: the facts before and after, and what the change reaches.
    /// - Returns: groups of resources that are alike to them before and after.
    /// - Complexity: linear in the number of classes, of values that the person's facts lead to, and of resources that have
    ///   one of these, but for the column of which most have one.
    package func view(for person: EntityNumber, of change: FactComparison) -> View {
        let columns = change.before.snapshot.columns.value
        let values = self.values(for: person, of: change)
        let bulk = dimensions.indices.filter { runs[$0] != nil }.max {
            size(of: $0, values) < size(of: $1, values)
        }
        var single: Set<Snapshot.Handle> = []
        func note(_ handle: Snapshot.Handle) {
            guard Int(handle) < classes.count, classes[Int(handle)] != Self.none,
                !change.resources.contains(handle)
            else { return }
            single.insert(handle)
        }
        for (place, dimension) in dimensions.enumerated() where place != bulk {
            for value in values[place] {
                guard let target = Snapshot.Handle(exactly: value) else { continue }
                switch dimension {
                case .itself: note(target)
                case .column(let column): references.forEach(having: target, in: column, note)
                }
            }
        }
        var byKey: [[Int64]: (parts: [[Int64]], handles: [Snapshot.Handle])] = [:]
        for handle in single {
            let parts = dimensions.indices.map { part(of: handle, $0, values[$0], columns) }
            let key = [Int64(classes[Int(handle)])] + parts.flatMap { [Int64($0.count)] + $0 }
            byKey[key, default: (parts, [])].handles.append(handle)
        }
        var groups = byKey.values.map { parts, handles in
            Group(
                first: handles[0], place: Int(classes[Int(handles[0])]), parts: parts,
                members: .these(handles))
        }
        let view = View(
            groups: [], single: single.union(change.resources),
            bulk: bulk.map { ($0, values[$0]) })
        let nothing = [[Int64]](repeating: [], count: dimensions.count)
        if let bulk, let runs = runs[bulk] {
            for value in values[bulk] {
                guard let word = UInt32(exactly: value) else { continue }
                for (place, range) in runs.places[word] ?? [] {
                    let first = runs.handles[range].first { !view.single.contains($0) }
                    guard let first else { continue }
                    var parts = nothing
                    parts[bulk] = [value]
                    groups.append(
                        Group(first: first, place: place, parts: parts, members: .run(range)))
                }
            }
        }
        for place in members.indices {
            guard let first = members[place].first(where: { isOther($0, view) }) else { continue }
            groups.append(Group(first: first, place: place, parts: nothing, members: .others))
        }
        return View(groups: groups, single: view.single, bulk: view.bulk)
    }

    /// How somebody sees the resources that a change reaches.
    ///
    /// - Complexity: linear in their number.
    package func changedView(for person: EntityNumber, of change: FactComparison) -> View {
        var apart: Set<Snapshot.Cell> = []
        if let place = dimensions.firstIndex(of: .itself) {
            apart = values(for: person, of: change)[place]
        }
        var groups: [[Int64]: [Snapshot.Handle]] = [:]
        for (handle, kind) in change.resourceKinds {
            let key = [kind, apart.contains(Snapshot.Cell(handle)) ? Int64(handle) : -1]
            groups[key, default: []].append(handle)
        }
        return View(
            groups: groups.map { key, handles in
                Group(first: handles[0], place: -1, parts: [], members: .these(handles))
            }, single: [], bulk: nil)
    }

    /// All resources of a group.
    ///
    /// - Complexity: linear in their number, or in that of their class.
    package func handles(of group: Group, in view: View) -> [EntityNumber] {
        switch group.members {
        case .these(let handles): handles
        case .run(let range):
            view.bulk.flatMap { runs[$0.dimension] }?.handles[range]
                .filter { !view.single.contains($0) } ?? []
        case .others: members[group.place].filter { isOther($0, view) }
        }
    }

    /// Whether one of a class has nothing that tells it apart.
    private func isOther(_ handle: Snapshot.Handle, _ view: View) -> Bool {
        guard !view.single.contains(handle) else { return false }
        guard let bulk = view.bulk, let word = runs[bulk.dimension]?.values[Int(handle)] else {
            return true
        }
        return word == Self.none || !bulk.values.contains(Snapshot.Cell(word))
    }

    /// How many resources have one of some values.
    private func size(of place: Int, _ values: [Set<Snapshot.Cell>]) -> Int {
        values[place].reduce(0) { size, value in
            let found = UInt32(exactly: value).flatMap { runs[place]?.places[$0] } ?? []
            return size + found.reduce(0) { $0 + $1.range.count }
        }
    }

    /// For each dimension, the values that somebody's facts lead to, before and after.
    private func values(
        for person: Snapshot.Handle, of change: FactComparison
    ) -> [Set<Snapshot.Cell>] {
        let searches = change.searches(for: person, self)
        return dimensions.map { dimension in
            var found: Set<Snapshot.Cell> = []
            for source in reads.sources[dimension] ?? [] {
                for search in searches { found.formUnion(search.values(of: source)) }
            }
            return found
        }
    }

    /// The values of a resource that are among some; none where it has none of them, or where all that has the same values
    /// is of a class of its own.
    private func part(
        of handle: Snapshot.Handle, _ place: Int, _ values: Set<Snapshot.Cell>,
        _ columns: Snapshot.Columns
    ) -> [Int64] {
        guard case .column(let column) = dimensions[place] else {
            return values.contains(Snapshot.Cell(handle)) ? [Snapshot.Cell(handle)] : []
        }
        guard let value = columns.onlyValue(of: column, of: handle, since: since) else { return [] }
        guard setColumns.contains(column) else { return values.contains(value) ? [value] : [] }
        let members = columns.members(of: value)
        let found = members.filter(values.contains)
        // Whether others are beside them can make a difference to what is asked of every one.
        return found.isEmpty ? [] : found + [found.count < members.count ? -1 : -2]
    }
}

extension Snapshot.Columns {
    /// The value that a column of an entity has, or will have, from an instant on; nil where it is not just one.
    fileprivate func onlyValue(
        of column: UInt32, of handle: Snapshot.Handle, since: Instant
    ) -> Snapshot.Cell? {
        var only: Snapshot.Cell?
        let cells = cells(of: handle)
        for cell in cells where cell.column == column && cells.span(of: cell).until > since {
            guard only == nil else { return nil }
            only = cells.value(of: cell)
        }
        return only
    }
}
