import Facts
import PolicyProgram

/// Fills rows: asks the evaluator for each entity at the first instant, then again at each at which it says something
/// may change.
struct RowBuilder: Sendable {
    private let tables: ConditionTables
    let since: Instant
    var program: Program { tables.program.value }
    private let isPerson: [Bool]
    private let isResource: [Bool]
    /// For each kind, the columns its entities have a place for.
    private let columnsByKind: [[(column: UInt32, word: Int)]]
    let wordOfColumn: [UInt32]
    let stride: Int

    private(set) var subjects: Classifier
    private(set) var resources: Classifier
    /// Room for one row.
    private var row: [UInt32]
    private var lastRow: [UInt32]

    /// - Parameters:
    ///   - tables: the conditions.
    ///   - roles: what each of them is.
    ///   - since: the instant from which on rows hold.
    ///   - knownSubjects: classes of people that there are already.
    ///   - knownResources: classes of resources, likewise.
    init(
        _ tables: ConditionTables, roles: Roles, since: Instant,
        subjects knownSubjects: ClassTable? = nil, resources knownResources: ClassTable? = nil
    ) {
        self.tables = tables
        self.since = since
        let program = tables.program.value
        let vocabulary = program.vocabulary
        isPerson = vocabulary.kinds.map { vocabulary.isKind($0.name, Vocabulary.subjectKind) }
        isResource = vocabulary.kinds.map { vocabulary.isKind($0.name, Vocabulary.resourceKind) }
        subjects = Classifier(roles.subjectNodes, program.tables, known: knownSubjects)
        resources = Classifier(roles.resourceNodes, program.tables, known: knownResources)
        let places = RowColumns(program, openNodes: roles.openNodes)
        wordOfColumn = places.words
        columnsByKind = places.byKind
        stride = places.stride
        row = [UInt32](repeating: 0, count: stride)
        lastRow = row
    }

    /// Whether every class still has a number.
    var hasRoom: Bool {
        subjects.classes.count < Rows.mostClasses && resources.classes.count < Rows.mostClasses
    }

    /// Makes copying cheap: what there is so far is shared by all copies.
    mutating func freeze() {
        subjects.freeze()
        resources.freeze()
    }

    /// Lays all rows of an entity; gives whom else they rest on.
    mutating func lay(
        _ handle: Snapshot.Handle, of snapshot: Snapshot, in chunk: inout RowChunk
    ) -> [Snapshot.Handle] {
        let place = Snapshot.Columns.place(of: handle)
        var reads = ForeignReads(of: handle, snapshot.columns)
        var next = fill(with: handle, at: since, of: snapshot, &reads)
        chunk.lay(row, at: place)
        var last: Int?
        while next != .distantFuture {
            let time = next
            swap(&row, &lastRow)
            next = fill(with: handle, at: time, of: snapshot, &reads)
            guard row != lastRow else { continue }
            last = chunk.lay(row, from: time, after: last, at: place)
        }
        return reads.handles
    }

    /// Makes an entity's row at an instant; gives one before which it doesn't change.
    private mutating func fill(
        with handle: Snapshot.Handle, at time: Instant, of snapshot: Snapshot,
        _ reads: inout ForeignReads
    ) -> Instant {
        var evaluator = ConditionEvaluator(
            tables, snapshot,
            question: ResolvedRequest(
                subject: handle, action: 0, resource: handle, circumstances: .none, time: time),
            time: time, trace: reads)
        for word in 0..<stride { row[word] = word < 2 ? 0 : Rows.unknown }
        let holds = evaluator.holds(handle)
        let kind = snapshot.columns.value.kind(of: handle)
        var place = UInt32(Rows.noClass)
        guard kind != Snapshot.none else {
            row[0] = Rows.head(.false, class: place)
            return evaluator.horizon
        }
        if isPerson[Int(kind)] {
            place = subjects.place(of: handle, kind: kind, &evaluator)
        } else if isResource[Int(kind)] {
            place = resources.place(of: handle, kind: kind, &evaluator)
        }
        row[0] = Rows.head(holds, class: place)
        for (column, word) in columnsByKind[Int(kind)] {
            guard let cell = evaluator.cell(column, of: handle) else { continue }
            row[word] = UInt32(exactly: cell) ?? Rows.unknown
        }
        reads = evaluator.trace
        return evaluator.horizon
    }
}

/// Which columns rows have a place for: those that open conditions read and a word can hold.
struct RowColumns {
    private(set) var words: [UInt32]
    private(set) var byKind: [[(column: UInt32, word: Int)]]
    /// How many words a row has: a power of two while that is little, so that few rows lie across two cache lines.
    private(set) var stride = 4

    init(_ program: Program, openNodes: [NodeIndex]) {
        let tables = program.tables
        let vocabulary = program.vocabulary
        words = [UInt32](repeating: 0, count: tables.columns.count)
        byKind = vocabulary.kinds.map { _ in [] }
        var used: [String: Int] = [:]
        for column in program.columns(readBy: openNodes).sorted() {
            let key = tables.columns[Int(column)]
            guard let type = vocabulary.attribute(of: key)?.type, type.fitsAWord else { continue }
            let root = vocabulary.rootKind(of: key.kind)
            let word = used[root, default: 2]
            used[root] = word + 1
            words[Int(column)] = UInt32(word)
            // A reference may lead to another kind below the same root, which has the column's default.
            for (index, kind) in vocabulary.kinds.enumerated()
            where vocabulary.rootKind(of: kind.name) == root {
                byKind[index].append((column, word))
            }
        }
        let most = used.values.max() ?? 2
        while stride < most { stride = stride < 16 ? stride * 2 : stride + 16 }
    }
}

extension ValueType {
    /// Whether every value is the number of something: few enough of them, and none negative.
    fileprivate var fitsAWord: Bool {
        switch self {
        case .boolean, .enumeration, .entity, .text, .set: true
        case .integer, .instant, .date, .lastDay: false
        }
    }
}

extension Program {
    /// The columns that evaluating conditions can come to read, those of actions they ask for among them.
    fileprivate func columns(readBy roots: [NodeIndex]) -> Set<UInt32> {
        var columns: Set<UInt32> = []
        var seen: Set<NodeIndex> = []
        var pending = roots
        while let index = pending.popLast() {
            guard seen.insert(index).inserted else { continue }
            let node = tables.nodes[Int(index)]
            pending += tables.children(of: node)
            var operands = node.operands(in: tables)
            switch node {
            case .may(let action):
                pending += rulesByAction[Int(action)].map { rules[$0].outcome }
            case .below(_, _, let column): columns.insert(column)
            case .moment(let place):
                let moment = tables.moments[Int(place)]
                columns.formUnion([moment.column, moment.hierarchyColumn])
            case .quantified(let place):
                let domain = tables.quantifiers[Int(place)].domain
                if case .chain(_, let column) = domain { columns.insert(column) }
            default: break
            }
            while let operand = operands.popLast() {
                switch tables.operands[Int(operand)] {
                case .column(let column, let base):
                    columns.insert(column)
                    operands.append(base)
                case .lookup(_, let base), .began(let base), .ends(let base): operands.append(base)
                case .subject, .resource, .slot, .constant, .context, .list: continue
                }
            }
        }
        return columns
    }
}
