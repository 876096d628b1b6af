import Facts
import PolicyProgram

/// Writes down what of a resource must be the same for another one to be alike.
struct SignatureWriter {
    private let reads: ResourceReads
    private let program: Program
    private let snapshot: Snapshot.Columns
    private let since: Instant
    /// The columns whose values go in, in order, and whether as they are.
    private let columns: [(column: UInt32, isWhole: Bool, isSet: Bool)]
    private let named: [Dimension: Set<Snapshot.Cell>]
    /// Whether values are known for as long as is asked about.
    private var known: [KnownKey: Bool] = [:]

    private struct KnownKey: Hashable {
        let value: Snapshot.Cell
        let dimension: Dimension
    }

    /// - Parameters:
    ///   - reads: what rules read of resources.
    ///   - program: the rules.
    ///   - snapshot: the facts.
    ///   - since: what was before doesn't count, unless rules look back.
    init(
        _ reads: ResourceReads, _ program: Program, _ snapshot: Snapshot.Columns, since: Instant
    ) {
        self.reads = reads
        self.program = program
        self.snapshot = snapshot
        self.since = since
        columns = reads.whole.union(reads.compared).sorted().map {
            ($0, reads.whole.contains($0), program.isSet($0))
        }
        named = reads.constants.mapValues { places in
            var cells: Set<Snapshot.Cell> = []
            for place in places {
                guard let cell = snapshot.constants.values[Int(place)] else { continue }
                if case .set = program.tables.constants[Int(place)].type {
                    cells.formUnion(snapshot.members(of: cell))
                } else {
                    cells.insert(cell)
                }
            }
            return cells
        }
    }

    /// What marks the beginning of each part; smaller than any number of something.
    private static let mark: Int64 = .min

    /// What must be the same.
    ///
    /// - Complexity: linear in what is known of the resource.
    mutating func signature(of handle: Snapshot.Handle) -> [Int64] {
        var words = self.words(ofExistenceOf: handle)
        words += self.words(ofItselfOf: handle)
        for place in columns.indices { words += self.words(ofColumn: place, of: handle) }
        return words
    }

    /// The part of it that says since when what there is.
    func words(ofExistenceOf handle: Snapshot.Handle) -> [Int64] {
        var words = [Int64(snapshot.kind(of: handle))]
        let existence = snapshot.existence(of: handle)
        for place in 0..<existence.count { write(existence.span(place), to: &words) }
        return words
    }

    /// The part of it that says which resource it is; none for one that is like others.
    mutating func words(ofItselfOf handle: Snapshot.Handle) -> [Int64] {
        isAlone(handle) ? [SignatureWriter.mark, Int64(handle)] : []
    }

    /// The part of it that is about one column.
    mutating func words(of column: UInt32, of handle: Snapshot.Handle) -> [Int64] {
        columns.firstIndex { $0.column == column }.map { words(ofColumn: $0, of: handle) } ?? []
    }

    private mutating func words(ofColumn place: Int, of handle: Snapshot.Handle) -> [Int64] {
        let (column, isWhole, isSet) = columns[place]
        var words = [SignatureWriter.mark, -1]
        let cells = snapshot.cells(of: handle)
        let count = cells.count { $0.column == column && isRead(cells.span(of: $0)) }
        for cell in cells where cell.column == column {
            let span = cells.span(of: cell)
            guard isRead(span) else { continue }
            write(span, to: &words)
            let value = cells.value(of: cell)
            if isWhole || count > 1 {
                words.append(value)
            } else if isSet {
                let members = snapshot.members(of: value)
                // Of those that don't stand out it is only known how many there are.
                words.append(Int64(members.count))
                for member in members where standsOut(member, in: .column(column)) {
                    words.append(member)
                }
            } else {
                words.append(standsOut(value, in: .column(column)) ? value : -1)
            }
        }
        return words
    }

    private func isRead(_ span: Chunk.Span) -> Bool { reads.looksBack || span.until > since }

    private func write(_ span: Chunk.Span, to words: inout [Int64]) {
        guard isRead(span) else { return }
        let source = snapshot.freshness.bySource[Int(span.source)]
        words += [
            (reads.looksBack ? span.from : max(span.from, since)).secondsSinceEpoch,
            span.until.secondsSinceEpoch,
            source == Snapshot.Freshness.lasting ? -1 : Int64(source),
        ]
    }

    /// Whether a resource is like no other.
    private mutating func isAlone(_ handle: Snapshot.Handle) -> Bool {
        reads.isIndividual
            || snapshot.records(of: handle).contains { reads.recordKinds.contains($0.kind) }
            || standsOut(Snapshot.Cell(handle), in: .itself)
    }

    /// Whether a value is unlike others for everybody.
    private mutating func standsOut(_ value: Snapshot.Cell, in dimension: Dimension) -> Bool {
        if named[dimension]?.contains(value) ?? false { return true }
        guard let ways = reads.ways[dimension] else { return false }
        let key = KnownKey(value: value, dimension: dimension)
        if let isKnown = known[key] { return !isKnown }
        let isKnown = ways.allSatisfy { isKnownAlong($0, from: value) }
        known[key] = isKnown
        return !isKnown
    }

    private func isKnownAlong(_ way: ResourceReads.Way, from value: Snapshot.Cell) -> Bool {
        switch way {
        case .columns(let columns): return reached(along: columns, from: value) != nil
        case .up(let columns, let upwards):
            guard var open = reached(along: columns, from: value) else { return false }
            var seen = Set(open)
            while let next = open.popLast() {
                guard let parents = values(of: upwards, of: next) else { return false }
                for parent in parents where seen.insert(parent).inserted { open.append(parent) }
            }
            return true
        }
    }

    /// Where columns lead from a value; nil where that isn't known all the time.
    private func reached(
        along columns: [UInt32], from value: Snapshot.Cell
    ) -> [Snapshot.Cell]? {
        var here = [value]
        for column in columns {
            var next: [Snapshot.Cell] = []
            for value in here {
                guard let found = values(of: column, of: value) else { return nil }
                next += found
            }
            here = next
        }
        return here
    }

    /// The entities in a column; nil unless it has one value all the time.
    private func values(of column: UInt32, of value: Snapshot.Cell) -> [Snapshot.Cell]? {
        guard let handle = Snapshot.Handle(exactly: value), Int(handle) < snapshot.count,
            snapshot.kind(of: handle) != Snapshot.none
        else { return nil }
        func lasts(_ span: Chunk.Span) -> Bool {
            span.from <= since && span.until == .distantFuture
                && snapshot.freshness.bySource[Int(span.source)] == Snapshot.Freshness.lasting
        }
        guard
            snapshot.existence(of: handle).contains(where: {
                $0.from <= since && $0.until == .distantFuture
            })
        else { return nil }
        let cells = snapshot.cells(of: handle)
        let found = cells.filter { $0.column == column && cells.span(of: $0).until > since }
        let cell: Snapshot.Cell?
        if let only = found.first {
            guard found.count == 1, lasts(cells.span(of: only)) else { return nil }
            cell = cells.value(of: only)
        } else {
            guard snapshot.freshness.byColumn[Int(column)].isEmpty else { return nil }
            cell = snapshot.constants.defaults[Int(column)]
        }
        guard let cell else { return nil }
        return program.isSet(column) ? Array(snapshot.members(of: cell)) : [cell]
    }
}
