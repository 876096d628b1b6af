import Facts
import PolicyProgram

/// Fills rows: asks the evaluator for each entity at the first instant, then again at each at which it says something
/// may change.
struct RowBuilder {
    private let tables: ConditionTables
    private let snapshot: Snapshot
    private let columns: Snapshot.Columns
    private let since: Instant
    private let roles: Roles
    private let isPerson: [Bool]
    private let isResource: [Bool]
    /// For each kind, the columns its entities have a place for.
    private var columnsByKind: [[(column: UInt32, word: Int)]]
    private var wordOfColumn: [UInt32]
    private let stride: Int

    private(set) var subjects: Classifier
    private(set) var resources: Classifier
    private var words: [UInt32] = []
    private var laterWords: [UInt32] = []
    /// How many later rows there are.
    private var later: UInt32 = 0
    /// Room for one row.
    private var row: [UInt32]

    init(_ tables: ConditionTables, _ snapshot: Snapshot, roles: Roles, since: Instant) {
        self.tables = tables
        self.snapshot = snapshot
        self.since = since
        self.roles = roles
        columns = snapshot.columns.value
        let program = tables.program.value
        let vocabulary = program.vocabulary
        isPerson = vocabulary.kinds.map { vocabulary.isKind($0.name, Vocabulary.subjectKind) }
        isResource = vocabulary.kinds.map { vocabulary.isKind($0.name, Vocabulary.resourceKind) }
        subjects = Classifier(roles.subjectNodes, program.tables)
        resources = Classifier(roles.resourceNodes, program.tables)
        let places = RowColumns(program, openNodes: roles.openNodes)
        wordOfColumn = places.words
        columnsByKind = places.byKind
        stride = places.stride
        row = [UInt32](repeating: 0, count: stride)
    }

    mutating func build() {
        let count = columns.kinds.count
        words.reserveCapacity(count * stride)
        for handle in 0..<count { lay(Snapshot.Handle(handle)) }
    }

    func rows(in arena: Arena) -> Rows {
        Rows(
            since: since, stride: stride, count: columns.kinds.count,
            words: arena.keep(words, laterWords),
            wordOfColumn: arena.keep(wordOfColumn))
    }

    private mutating func lay(_ handle: Snapshot.Handle) {
        var next = fill(with: handle, at: since)
        var last = words.count
        words += row
        // The row that came before lies among the first, and then among the later ones.
        var isFirst = true
        while next != .distantFuture {
            let time = next
            next = fill(with: handle, at: time)
            guard differs(from: last, isFirst: isFirst) else { continue }
            later += 1
            if isFirst { words[last + 1] = later } else { laterWords[last + 1] = later }
            laterWords += Rows.words(of: time)
            (last, isFirst) = (laterWords.count, false)
            laterWords += row
        }
    }

    private func differs(from last: Int, isFirst: Bool) -> Bool {
        for word in 0..<stride where word != 1 {
            let old = isFirst ? words[last + word] : laterWords[last + word]
            if row[word] != old { return true }
        }
        return false
    }

    /// Makes an entity's row at an instant; gives one before which it doesn't change.
    private mutating func fill(with handle: Snapshot.Handle, at time: Instant) -> Instant {
        var evaluator = ConditionEvaluator(
            tables, snapshot,
            question: ResolvedRequest(
                subject: handle, action: 0, resource: handle, circumstances: .none, time: time),
            time: time, trace: NoTrace())
        for word in 0..<stride { row[word] = word < 2 ? 0 : Rows.unknown }
        let holds = evaluator.holds(handle)
        let kind = columns.kinds[Int(handle)]
        guard kind != Snapshot.none else { return evaluator.horizon }
        var place: UInt32 = 0
        if isPerson[Int(kind)] {
            place = subjects.place(of: handle, kind: kind, &evaluator)
        } else if isResource[Int(kind)] {
            place = resources.place(of: handle, kind: kind, &evaluator)
        }
        row[0] = Rows.head(holds, class: place & 0x3FFF_FFFF)
        for (column, word) in columnsByKind[Int(kind)] {
            guard let cell = evaluator.cell(column, of: handle) else { continue }
            row[word] = UInt32(exactly: cell) ?? Rows.unknown
        }
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
            guard let type = vocabulary.kinds[key.kind]?.attributes[key.attribute]?.type,
                type.fitsAWord
            else { continue }
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
