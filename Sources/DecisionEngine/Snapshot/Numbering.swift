import Facts
import PolicyProgram

/// The numbers of everything that cells can refer to: entities, texts, sets, and sources.
///
/// Numbers are only ever added, so that those of one snapshot mean the same in all that are made from it.
struct Numbering: Sendable {
    var names: NameNumbers
    private(set) var texts = Interned<TextTable>()
    private(set) var sets = Interned<SetTable>()
    private(set) var sources = Interned<TextTable>()
    // Most of what is said in a row is said by the same source.
    private var lastSource: (name: String, place: UInt32)?

    init() { names = NameNumbers() }

    /// Numbers that are known, as a file has them.
    init(
        names: NameNumbers, texts: Interned<TextTable>, sets: Interned<SetTable>,
        sources known: [String], in arena: Arena
    ) {
        self.names = names
        self.texts = texts
        self.sets = sets
        for source in known { _ = sources.place(of: source) }
        sources.freeze(in: arena)
    }

    /// Makes copying cheap: what has been added so far is shared by all copies from here on.
    mutating func freeze(names table: HandleTable, in arena: Arena) {
        names.freeze(as: table)
        texts.freeze(in: arena)
        sets.freeze(in: arena)
        sources.freeze(in: arena)
    }

    mutating func handle(of id: EntityID) -> Snapshot.Handle { names.place(id).handle }

    mutating func source(_ name: String) -> UInt32 {
        if let lastSource, lastSource.name == name { return lastSource.place }
        let place = UInt32(sources.place(of: name))
        lastSource = (name, place)
        return place
    }

    mutating func set(of members: [Snapshot.Cell]) -> Snapshot.Cell {
        Snapshot.Cell(sets.place(of: members))
    }

    /// The cell of a value; nil where it is none of the type: a policy may have changed what an attribute
    /// is since the value was recorded.
    mutating func cell(of value: Value, as encoding: ValueEncoding) -> Snapshot.Cell? {
        switch (value, encoding) {
        case (.boolean(let boolean), .boolean): return boolean ? 1 : 0
        case (.integer(let number), .integer): return number
        case (.instant(let instant), .instant): return instant.secondsSinceEpoch
        case (.text(let text), .text): return Snapshot.Cell(texts.place(of: text))
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
}

/// The handles of entities by their names, while there may be more.
struct NameNumbers: Sendable {
    private var frozen: HandleTable?
    /// How many the frozen table has.
    private(set) var frozenCount = 0
    private(set) var recent = HandleTableBuilder(startingAt: 0, roots: [:], digest: 0)
    /// For each that is not in the frozen table, a digest of all ids up to its own; never 0.
    private(set) var marks: [UInt64] = []

    init() {}

    /// Names that are known, as a file has them.
    init(_ table: HandleTable, count: Int, roots: [String]) {
        frozen = table
        frozenCount = count
        var places: [String: UInt16] = [:]
        for (place, root) in roots.enumerated() { places[root] = UInt16(place) }
        recent = HandleTableBuilder(
            startingAt: Snapshot.Handle(count), roots: places, digest: table.fingerprint)
    }

    mutating func reserve(_ count: Int) { recent.reserve(count) }

    var roots: [String: UInt16] { recent.rootPlaces }
    var count: Int { frozenCount + recent.count }

    mutating func freeze(as table: HandleTable) {
        frozen = table
        frozenCount = recent.count
        recent = HandleTableBuilder(
            startingAt: Snapshot.Handle(frozenCount), roots: recent.rootPlaces,
            digest: recent.fingerprint)
    }

    /// Where the name of an entity that is not in the frozen table begins.
    func recentStart(of handle: Snapshot.Handle) -> UInt32 {
        recent.starts[Int(handle) - frozenCount]
    }

    /// The id of an entity that is not in the frozen table.
    func recentID(of handle: Snapshot.Handle) -> EntityID {
        let start = Int(recentStart(of: handle))
        let (root, name) = unsafe recent.names.withUnsafeBytes {
            unsafe NameBytes.name(at: start, in: $0)
        }
        return EntityID(kind: roots.first { $0.value == root }?.key ?? "", name: name)
    }

    /// The handle of an entity, a new one where it has none; and where its name begins.
    mutating func place(_ id: EntityID) -> (handle: Snapshot.Handle, name: UInt32) {
        if let frozen, let root = recent.rootPlaces[id.kind],
            let slot = frozen.slot(root, id.name)
        {
            return (slot.handle, slot.name)
        }
        let found = recent.place(id)
        if frozen != nil, recent.count > marks.count { marks.append(recent.fingerprint | 1) }
        return found
    }
}
