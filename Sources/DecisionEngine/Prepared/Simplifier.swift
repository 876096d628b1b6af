import Facts
import PolicyProgram

/// Puts what two classes say into a rule, and keeps what is left of it.
struct Simplifier {
    /// What has become of a condition.
    enum Part {
        case known(Truth)
        case open(UInt32)
    }

    private let tables: Borrowed<ConditionTables.Layout>
    private let prepared: Borrowed<Preparation.Layout>
    private let columns: Borrowed<Snapshot.Columns>
    private let subject: Int
    private let resource: Int
    /// The conditions that are left, each once.
    private(set) var conditions: [NodeIndex] = []

    init(
        _ tables: Borrowed<ConditionTables.Layout>, _ prepared: Borrowed<Preparation.Layout>,
        _ columns: Borrowed<Snapshot.Columns>, subject: Int, resource: Int
    ) {
        self.tables = tables
        self.prepared = prepared
        self.columns = columns
        self.subject = subject
        self.resource = resource
    }

    /// - Complexity: linear in the size of the condition as written out.
    mutating func simplify(_ index: NodeIndex, _ residuals: inout Residuals) -> Part {
        switch prepared.value.roles[Int(index)] {
        case .subject(let condition):
            return .known(prepared.value.subjectTruth(condition, of: subject))
        case .resource(let condition):
            return .known(prepared.value.resourceTruth(condition, of: resource))
        case .open, .none: return .open(condition(index, &residuals))
        case .joined: break
        }
        switch tables.value.nodes[Int(index)] {
        case .not(let inner):
            switch simplify(inner, &residuals) {
            case .known(let truth): return .known(!truth)
            case .open(let step): return .open(residuals.place(.not(step)))
            }
        case .and(let start, let count):
            return join(start, count, isAll: true, &residuals)
        case .or(let start, let count):
            return join(start, count, isAll: false, &residuals)
        default: return .open(condition(index, &residuals))
        }
    }

    private mutating func join(
        _ start: UInt32, _ count: UInt32, isAll: Bool, _ residuals: inout Residuals
    ) -> Part {
        let settles: Truth = isAll ? .false : .true
        var besides: Truth = isAll ? .true : .false
        var open: [UInt32] = []
        for place in start..<start + count {
            switch simplify(tables.value.lists[Int(place)], &residuals) {
            case .known(let truth):
                if truth == settles { return .known(settles) }
                besides = isAll ? min(besides, truth) : max(besides, truth)
            case .open(let step): open.append(step)
            }
        }
        guard !open.isEmpty else { return .known(besides) }
        if open.count == 1, besides != .unknown { return .open(open[0]) }
        let first = residuals.place(of: open)
        let size = UInt32(open.count)
        return .open(
            residuals.place(
                isAll
                    ? .all(start: first, count: size, besides: besides)
                    : .one(start: first, count: size, besides: besides)))
    }

    private mutating func condition(
        _ index: NodeIndex, _ residuals: inout Residuals
    ) -> UInt32 {
        let place = conditions.firstIndex(of: index) ?? conditions.count
        if place == conditions.count { conditions.append(index) }
        let probe = Probe(
            index, tables.value, columns.value, wordOfColumn: prepared.value.rows.wordOfColumn)
        // More than there is room for are never asked.
        return residuals.place(probe, index, at: UInt8(clamping: place))
    }
}

/// Which rules can come to something with resources of a class, whoever asks.
struct RuleScope {
    private let tables: Borrowed<ConditionTables.Layout>
    private let prepared: Borrowed<Preparation.Layout>
    private let resource: Int

    init(
        _ tables: Borrowed<ConditionTables.Layout>, _ prepared: Borrowed<Preparation.Layout>,
        resource: Int
    ) {
        self.tables = tables
        self.prepared = prepared
        self.resource = resource
    }

    func canMatter(_ rule: UInt32) -> Bool {
        let entry = tables.value.rules[Int(rule)]
        let (least, most) = range(of: entry.outcome)
        return least != most || !OutcomeTable.RuleTruth.isIdle(least, entry.kind)
    }

    /// The least and the most a condition can come to.
    private func range(of index: NodeIndex) -> (Truth, Truth) {
        switch prepared.value.roles[Int(index)] {
        case .resource(let condition):
            let truth = prepared.value.resourceTruth(condition, of: resource)
            return (truth, truth)
        case .subject, .open, .none: return (.false, .true)
        case .joined: break
        }
        switch tables.value.nodes[Int(index)] {
        case .not(let inner):
            let (least, most) = range(of: inner)
            return (!most, !least)
        case .and(let start, let count):
            var (least, most) = (Truth.true, Truth.true)
            for place in start..<start + count where most != .false {
                let part = range(of: tables.value.lists[Int(place)])
                (least, most) = (min(least, part.0), min(most, part.1))
            }
            return (least, most)
        case .or(let start, let count):
            var (least, most) = (Truth.false, Truth.false)
            for place in start..<start + count where least != .true {
                let part = range(of: tables.value.lists[Int(place)])
                (least, most) = (max(least, part.0), max(most, part.1))
            }
            return (least, most)
        default: return (.false, .true)
        }
    }
}
