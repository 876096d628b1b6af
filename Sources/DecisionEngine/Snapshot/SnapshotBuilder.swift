import Facts
import PolicyProgram

/// Lays facts out for a program.
struct SnapshotBuilder {
    /// What goes with what.
    struct Table {
        let rows: [Snapshot.Cell: Snapshot.Cell]
        let otherwise: Snapshot.Cell?
    }

    let facts: FactBase
    let program: Program
    private let vocabulary: Vocabulary

    private(set) var ids: [EntityID] = []
    private(set) var handles = HandleTableBuilder()
    private(set) var kinds: [UInt16] = []
    private(set) var owners: [Snapshot.Handle?] = []
    private(set) var endedBy: [UInt32] = []
    private(set) var origins: [Origin] = []
    private(set) var recordOrigins: [UInt32] = []
    private(set) var existenceStarts: [UInt32] = [0]
    private(set) var existence: [Interval] = []
    private(set) var cellStarts: [UInt32] = [0]
    private(set) var cells: [Snapshot.TimedCell] = []
    private(set) var recordStarts: [UInt32] = [0]
    private(set) var records: [Snapshot.Record] = []
    private(set) var setStarts: [UInt32] = [0]
    private(set) var setMembers: [Snapshot.Cell] = []
    private(set) var texts: [String: Snapshot.Cell] = [:]
    private(set) var textsByCell: [String] = []
    private(set) var defaults: [Snapshot.Cell?] = []
    private(set) var constants: [Snapshot.Cell?] = []
    private(set) var isColumnLimited: [Bool] = []
    private(set) var isKindLimited: [Bool] = []
    private(set) var lists: [[Snapshot.TimedSet]] = []
    private(set) var tables: [Table] = []
    private(set) var freshness = SnapshotFreshness()

    private var sets: [[Snapshot.Cell]: Snapshot.Cell] = [:]
    private var originPlaces: [Origin: UInt32] = [:]
    private var lastOrigin: (origin: Origin, place: UInt32)?
    private var layouts: [String: KindLayout] = [:]
    private var lastLayout: (kind: String, layout: KindLayout)?
    private var encodings: [ValueType: ValueEncoding] = [:]

    /// How entities of a kind are laid out.
    private struct KindLayout {
        /// The kind's place in the vocabulary; `Snapshot.none` where it has none.
        let kind: UInt16
        /// The attributes that the program reads, in order of name.
        let columns: [(name: String, column: UInt32, encoding: ValueEncoding)]
    }

    static func snapshot(
        of facts: FactBase, for program: Program, assumingReadingsFrom instant: Instant?
    ) -> Snapshot {
        var builder = SnapshotBuilder(facts: facts, program: program)
        builder.build()
        builder.freshness = SnapshotFreshness(
            of: facts, for: program, origins: builder.origins, assumedFrom: instant)
        return Snapshot(builder)
    }

    private init(facts: FactBase, program: Program) {
        self.facts = facts
        self.program = program
        vocabulary = program.vocabulary
    }

    private mutating func build() {
        findLayouts()
        reserve()
        for history in facts.histories { _ = handle(of: history.id) }
        // Values may name entities that nobody has spoken of; they get their numbers as they come up.
        for history in facts.histories { layOut(history) }
        defaults = program.tables.columns.map { key in
            guard let attribute = vocabulary.kinds[key.kind]?.attributes[key.attribute],
                let value = attribute.defaultValue
            else { return nil }
            return cell(of: value, type: attribute.type)
        }
        constants = program.tables.constants.map { cell(of: $0.value, type: $0.type) }
        isKindLimited = vocabulary.kinds.map { $0.limitedTo != nil }
        isColumnLimited = program.tables.columns.map { key in
            let kind = vocabulary.kinds[key.kind]
            return kind?.limitedTo != nil || kind?.attributes[key.attribute]?.limitedTo != nil
        }
        lists = vocabulary.lists.map { layOut($0) }
        tables = vocabulary.tables.map { layOut($0) }
        layOutStrangers()
        layOutRecords()
    }

    private mutating func findLayouts() {
        for (place, kind) in vocabulary.kinds.enumerated() {
            var columns: [(name: String, column: UInt32, encoding: ValueEncoding)] = []
            for (index, key) in program.tables.columns.enumerated()
            where vocabulary.isKind(kind.name, key.kind) {
                guard let attribute = kind.attributes[key.attribute] else { continue }
                columns.append((key.attribute, UInt32(index), encoding(of: attribute.type)))
            }
            columns.sort { $0.name < $1.name }
            layouts[kind.name] = KindLayout(kind: UInt16(place), columns: columns)
        }
    }

    /// Room for most of what is to come, so that it needn't be moved again and again.
    private mutating func reserve() {
        let count = facts.histories.count
        ids.reserveCapacity(count)
        kinds.reserveCapacity(count)
        owners.reserveCapacity(count)
        endedBy.reserveCapacity(count)
        recordOrigins.reserveCapacity(count)
        existence.reserveCapacity(count)
        existenceStarts.reserveCapacity(count + 1)
        cellStarts.reserveCapacity(count + 1)
        recordStarts.reserveCapacity(count + 1)
        handles.reserve(count)
    }

    private mutating func layout(of kind: String) -> KindLayout {
        if let lastLayout, lastLayout.kind == kind { return lastLayout.layout }
        let layout = layouts[kind] ?? KindLayout(kind: Snapshot.none, columns: [])
        lastLayout = (kind, layout)
        return layout
    }

    private mutating func handle(of id: EntityID) -> Snapshot.Handle {
        let (handle, isNew) = handles.place(id)
        if isNew { ids.append(id) }
        return handle
    }

    private mutating func layOut(_ history: EntityHistory) {
        let layout = layout(of: history.kind)
        kinds.append(layout.kind)
        owners.append(history.owner.map { handle(of: $0) })
        endedBy.append(
            history.endedBy.flatMap { vocabulary.events.index(of: $0) }.map(UInt32.init)
                ?? Snapshot.noEvent)
        recordOrigins.append(place(of: history.origin))
        existence += history.existence
        existenceStarts.append(UInt32(existence.count))
        for (name, column, encoding) in layout.columns {
            guard let values = history.attributes[name] else { continue }
            for timed in values {
                // INVARIANT: a value that the vocabulary has no place for is no value, so that it is unknown.
                guard let cell = cell(of: timed.value, as: encoding) else { continue }
                cells.append(
                    Snapshot.TimedCell(
                        column: column, cell: cell, from: timed.interval.from,
                        until: timed.interval.until, origin: place(of: timed.origin)))
            }
        }
        cellStarts.append(UInt32(cells.count))
    }

    /// Entities that are only referred to: they don't exist at any time.
    private mutating func layOutStrangers() {
        for _ in kinds.count..<ids.count {
            kinds.append(Snapshot.none)
            owners.append(nil)
            endedBy.append(Snapshot.noEvent)
            recordOrigins.append(0)
            existenceStarts.append(UInt32(existence.count))
            cellStarts.append(UInt32(cells.count))
        }
    }

    private mutating func layOutRecords() {
        var byOwner = [[Snapshot.Record]](repeating: [], count: ids.count)
        for index in facts.histories.indices {
            guard let owner = owners[index] else { continue }
            byOwner[Int(owner)].append(
                Snapshot.Record(kind: kinds[index], handle: Snapshot.Handle(index)))
        }
        for list in byOwner {
            records += list
            recordStarts.append(UInt32(records.count))
        }
    }

    // MARK: Lists and tables

    private mutating func layOut(_ list: ListDeclaration) -> [Snapshot.TimedSet] {
        let inside = list.members.flatMap { [$0.interval.from, $0.interval.until] }
        let boundaries = Set(inside + [.distantPast, .distantFuture]).sorted()
        return zip(boundaries, boundaries.dropFirst()).map { from, until in
            let values = list.values(at: from).members ?? []
            let cells = values.compactMap { cell(of: $0, type: list.memberType) }
            return Snapshot.TimedSet(
                interval: Interval(from: from, until: until), cell: set(of: cells.sorted()))
        }
    }

    private mutating func layOut(_ table: TableDeclaration) -> Table {
        var rows: [Snapshot.Cell: Snapshot.Cell] = [:]
        for row in table.rows {
            guard let key = cell(of: row.key, type: table.keyType) else { continue }
            rows[key] = cell(of: row.value, type: table.valueType)
        }
        let otherwise = table.otherwise.flatMap { cell(of: $0, type: table.valueType) }
        return Table(rows: rows, otherwise: otherwise)
    }

    private mutating func place(of origin: Origin) -> UInt32 {
        // Most of what is known of an entity was said at once.
        if let lastOrigin, lastOrigin.origin == origin { return lastOrigin.place }
        let place = originPlaces[origin] ?? UInt32(origins.count)
        if place == origins.count {
            origins.append(origin)
            originPlaces[origin] = place
        }
        lastOrigin = (origin, place)
        return place
    }

    // MARK: Cells

    private mutating func cell(of value: Value, type: ValueType) -> Snapshot.Cell? {
        cell(of: value, as: encoding(of: type))
    }

    private mutating func encoding(of type: ValueType) -> ValueEncoding {
        if let known = encodings[type] { return known }
        let encoding = ValueEncoding(type, vocabulary)
        encodings[type] = encoding
        return encoding
    }

    /// The cell of a value; nil where it is none of the type: a policy may have changed what an attribute
    /// is since the value was recorded.
    private mutating func cell(of value: Value, as encoding: ValueEncoding) -> Snapshot.Cell? {
        switch (value, encoding) {
        case (.boolean(let boolean), .boolean): return boolean ? 1 : 0
        case (.integer(let number), .integer): return number
        case (.instant(let instant), .instant): return instant.secondsSinceEpoch
        case (.text(let text), .text): return self.text(text)
        case (.entity(let id), .entity(let root)):
            return id.kind == root ? Snapshot.Cell(handle(of: id)) : nil
        case (.symbol(let name), .symbol(let ranks)): return ranks.rank(of: name)
        case (.set(let members), .set(let memberEncoding)):
            var cells: [Snapshot.Cell] = []
            cells.reserveCapacity(members.count)
            for member in members {
                guard let cell = cell(of: member, as: memberEncoding) else { return nil }
                cells.append(cell)
            }
            return set(of: cells.sorted())
        default: return nil
        }
    }

    private mutating func text(_ text: String) -> Snapshot.Cell {
        if let known = texts[text] { return known }
        let cell = Snapshot.Cell(texts.count)
        texts[text] = cell
        textsByCell.append(text)
        return cell
    }

    private mutating func set(of members: [Snapshot.Cell]) -> Snapshot.Cell {
        if let known = sets[members] { return known }
        let cell = Snapshot.Cell(setStarts.count - 1)
        setMembers += members
        setStarts.append(UInt32(setMembers.count))
        sets[members] = cell
        return cell
    }
}
