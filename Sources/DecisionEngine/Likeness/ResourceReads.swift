import Facts
import PolicyProgram

/// What of a resource a condition can compare with something of the person: the resource, or a column of it.
enum Dimension: Hashable, Comparable, Sendable {
    case itself
    case column(UInt32)
}

/// What a program's rules read of resources, and what of it they only compare with something of the person.
///
/// The owner of a drawing may be one of two thousand departments. Where rules only ask whether it is the person's own,
/// or above it, all drawings but those of a few departments are alike to them. What must be the same for two resources
/// to be alike is in `whole`; where the few come from that aren't, in `sources`.
struct ResourceReads: Sendable {
    /// How a value must be known, for as long as is asked about, to be like others.
    enum Way: Hashable, Sendable {
        /// Columns that lead on from it, one after the other.
        case columns([UInt32])
        /// Columns that lead on, and then the column that leads up to the top.
        case up([UInt32], column: UInt32)
    }

    /// Columns whose values must be the same.
    private(set) var whole: Set<UInt32> = []
    /// Columns of which that isn't so.
    private(set) var compared: Set<UInt32> = []
    /// Whether no two resources are alike.
    private(set) var isIndividual = false
    /// Kinds of records of a resource: one that has any is like no other.
    private(set) var recordKinds: Set<UInt16> = []
    /// Where values come from that tell resources apart to somebody.
    private(set) var sources: [Dimension: Set<ValueSource>] = [:]
    /// Constants that tell resources apart to everybody.
    private(set) var constants: [Dimension: Set<UInt32>] = [:]
    private(set) var ways: [Dimension: Set<Way>] = [:]
    /// Whether rules ask what was at another time.
    private(set) var looksBack = false

    private let program: Program
    private var slots = [Side](repeating: .apart(nil), count: 16)
    private var isElsewhen = false

    private var tables: ProgramTables { program.tables }

    /// - Complexity: linear in the size of the rules as written out.
    init(_ program: Program) {
        self.init(program, program.rules.filter { $0.kind != .oblige }.map(\.outcome))
    }

    /// What some conditions read.
    init(_ program: Program, _ conditions: [NodeIndex]) {
        self.program = program
        for condition in conditions { visit(condition) }
        for column in whole {
            sources[.column(column)] = nil
            constants[.column(column)] = nil
            ways[.column(column)] = nil
        }
        compared.subtract(whole)
        if isIndividual { sources[.itself] = nil }
    }

    /// The columns that lead from a value back to who has it.
    var followedBack: Set<UInt32> {
        var columns: Set<UInt32> = []
        for (dimension, found) in sources {
            if case .column(let column) = dimension { columns.insert(column) }
            for source in found { columns.formUnion(source.followedBack) }
        }
        return columns
    }

    /// The same where all values must be.
    var wholly: ResourceReads {
        var reads = self
        reads.whole.formUnion(compared)
        reads.compared = []
        return reads
    }

    // MARK: Operands

    /// On which side of a comparison an operand is.
    private enum Side {
        /// What the resource is or has, and what leads on from that; `isElement` where it is one of a set's members.
        case resource(Dimension, then: [UInt32], isElement: Bool)
        /// Something else of the resource.
        case tied
        /// Nothing of the resource; and where its values come from, where they can be found.
        case apart(ValueSource?)
    }

    private mutating func side(_ operand: UInt32) -> Side {
        switch tables.operands[Int(operand)] {
        case .subject: return .apart(.subject)
        case .resource: return .resource(.itself, then: [], isElement: false)
        case .slot(let slot): return slots[Int(slot)]
        case .constant(let place): return .apart(.constant(place))
        case .context(let place):
            guard case .entity = program.vocabulary.contexts[Int(place)].type else {
                return .apart(nil)
            }
            return .apart(.brought(place))
        case .list: return .apart(nil)
        case .column(let column, let base):
            switch side(base) {
            case .apart(let source): return .apart(source.map { .column(column, of: $0) })
            case .tied: return .tied
            case .resource(.itself, [], _):
                return .resource(.column(column), then: [], isElement: false)
            case .resource(let dimension, let then, let isElement):
                return .resource(dimension, then: then + [column], isElement: isElement)
            }
        case .lookup(_, let key):
            guard case .apart = side(key) else { return tie(key) }
            return .apart(nil)
        case .began(let base), .ends(let base):
            switch side(base) {
            case .apart: return .apart(nil)
            case .resource(.itself, [], _):
                // When it exists is among what must be the same, if none of it is left out.
                looksBack = true
                return .apart(nil)
            default: return tie(base)
            }
        }
    }

    /// Notes that what an operand reads of the resource must be the same.
    @discardableResult
    private mutating func tie(_ operand: UInt32) -> Side {
        switch side(operand) {
        case .apart(let source): return .apart(source)
        case .tied: return .tied
        case .resource(let dimension, _, _):
            switch dimension {
            case .itself: isIndividual = true
            case .column(let column): whole.insert(column)
            }
            if isElsewhen { looksBack = true }
            return .tied
        }
    }

    private enum Shape { case one, set, other }

    /// Whether a side has an entity or a set of them.
    private func shape(of side: Side) -> Shape {
        guard case .resource(let dimension, let then, let isElement) = side else { return .other }
        let columns =
            if case .column(let first) = dimension { [first] + then } else { then }
        // What a default says of who has no value, looking back from values doesn't find.
        guard
            columns.allSatisfy({
                program.refersToEntities($0) && !program.hasTellingDefault($0)
            })
        else { return .other }
        guard let last = columns.last else { return .one }
        return program.isSet(last) && !(isElement && then.isEmpty) ? .set : .one
    }

    // MARK: Comparisons

    /// Notes where values come from that tell resources apart; whether that can be said.
    private mutating func note(
        _ side: Side, comparedWith source: ValueSource?, as shape: Shape
    ) -> Bool {
        guard !isElsewhen, let source, self.shape(of: side) == shape,
            case .resource(let dimension, let then, _) = side
        else { return false }
        if let constant = source.constant {
            guard then.isEmpty else { return false }
            constants[dimension, default: []].insert(constant)
        } else if !source.isOfSubject, source.brought == nil {
            return false
        } else {
            // Looking back from the value: who has it in the last column, who has these in the one before, and so on.
            let found = then.reversed().reduce(source) { .referring($1, to: $0) }
            sources[dimension, default: []].insert(found)
        }
        if !then.isEmpty { ways[dimension, default: []].insert(.columns(then)) }
        if case .column(let column) = dimension { compared.insert(column) }
        return true
    }

    private mutating func visitComparison(_ left: UInt32, _ right: UInt32) {
        let (first, second) = (side(left), side(right))
        if case .apart(let source) = second, note(first, comparedWith: source, as: .one) { return }
        if case .apart(let source) = first, note(second, comparedWith: source, as: .one) { return }
        tie(left)
        tie(right)
    }

    private mutating func visitMember(_ element: UInt32, of set: UInt32) {
        let (one, all) = (side(element), side(set))
        if case .apart(let source) = all, note(one, comparedWith: source?.members, as: .one) {
            return
        }
        if case .apart(let source) = one, note(all, comparedWith: source, as: .set) { return }
        tie(element)
        tie(set)
    }

    private mutating func visitOverlap(_ left: UInt32, _ right: UInt32) {
        let (first, second) = (side(left), side(right))
        if case .apart(let source) = second, note(first, comparedWith: source?.members, as: .set) {
            return
        }
        if case .apart(let source) = first, note(second, comparedWith: source?.members, as: .set) {
            return
        }
        tie(left)
        tie(right)
    }

    private mutating func visitSuperset(_ left: UInt32, _ right: UInt32) {
        if case .apart(let source) = side(right),
            note(side(left), comparedWith: source?.members, as: .set)
        {
            return
        }
        tie(left)
        tie(right)
    }

    private mutating func visitBelow(_ lower: UInt32, _ upper: UInt32, _ column: UInt32) {
        let (low, high) = (side(lower), side(upper))
        if case .apart(let source?) = low, source.isOfSubject,
            note(high, comparedWith: .above(column, source), as: .one)
        {
            return
        }
        if case .apart(let source?) = high, source.isOfSubject,
            case .resource(let dimension, let then, _) = low,
            !program.hasTellingDefault(column),
            note(low, comparedWith: .below(column, source), as: .one)
        {
            ways[dimension, default: []].insert(.up(then, column: column))
            return
        }
        tie(lower)
        tie(upper)
    }

    private mutating func visitMoment(_ moment: MomentNode) {
        switch side(moment.owner) {
        case .apart(let source?) where source.isOfSubject:
            let places = ValueSource.above(
                moment.hierarchyColumn,
                .column(moment.column, of: .records(kind: moment.kind, of: source)))
            if note(side(moment.argument), comparedWith: places, as: .one) { return }
        case .resource(.itself, [], _):
            recordKinds.formUnion([moment.kind, moment.whileKind])
        default: tie(moment.owner)
        }
        tie(moment.argument)
    }

    // MARK: Quantifiers

    private mutating func visit(_ quantifier: QuantifierNode) {
        let slot = Int(quantifier.slot)
        let outer = slots[slot]
        defer { slots[slot] = outer }
        switch quantifier.domain {
        case .records(let kind, let owner):
            switch side(owner) {
            case .apart(let source):
                slots[slot] = .apart(source.map { .records(kind: kind, of: $0) })
            case .resource(.itself, [], _):
                recordKinds.insert(kind)
                if isElsewhen { looksBack = true }
                // Resources with such records are like no other; of the others, nothing more is asked.
                return
            default: slots[slot] = tie(owner)
            }
        case .members(let set):
            let all = side(set)
            switch all {
            case .apart(let source): slots[slot] = .apart(source.map { .members(of: $0) })
            case .resource(.column(let column), [], isElement: false)
            where shape(of: all) == .set && !quantifier.countsMembers && !isElsewhen:
                compared.insert(column)
                slots[slot] = .resource(.column(column), then: [], isElement: true)
            default: slots[slot] = tie(set)
            }
        case .chain(let lowest, let column):
            if case .apart(let source) = side(lowest) {
                slots[slot] = .apart(source.map { .above(column, $0) })
            } else {
                slots[slot] = tie(lowest)
            }
        }
        visit(quantifier.condition)
    }

    // MARK: Conditions

    private mutating func visit(_ index: NodeIndex) {
        let node = tables.nodes[Int(index)]
        switch node {
        case .constant, .during: return
        case .not, .and, .or, .passed:
            for child in tables.children(of: node) { visit(child) }
        case .compare(.equal, let left, let right), .compare(.notEqual, let left, let right):
            visitComparison(left, right)
        case .member(let element, let set): visitMember(element, of: set)
        case .overlap(let left, let right): visitOverlap(left, right)
        case .superset(let left, let right): visitSuperset(left, right)
        case .below(let lower, let upper, let column): visitBelow(lower, upper, column)
        case .moment(let place): visitMoment(tables.moments[Int(place)])
        case .quantified(let place): visit(tables.quantifiers[Int(place)])
        case .has(let operand): visitPresence(operand)
        case .inForce(let operand), .isKind(let operand, _):
            // Its kind, and when it exists, is the same for all that are alike.
            if case .resource(.itself, [], _) = side(operand), !isElsewhen { return }
            tie(operand)
        case .may(let action):
            // All rules are gone through anyway, but as they are now.
            guard isElsewhen else { return }
            looksBack = true
            let outer = slots
            for rule in program.rulesByAction[Int(action)] { visit(program.rules[rule].outcome) }
            slots = outer
        case .at(let operand, let inner):
            tie(operand)
            visitElsewhen(inner)
        case .held(let inner, _): visitElsewhen(inner)
        case .elapsed(let place):
            let elapsed = tables.elapses[Int(place)]
            tie(elapsed.beginning)
            if let instant = elapsed.instant { tie(instant) }
        case .compare(_, let left, let right):
            tie(left)
            tie(right)
        case .flag(let operand), .reached(let operand): tie(operand)
        }
    }

    private mutating func visitPresence(_ operand: UInt32) {
        let side = side(operand)
        if case .resource(.column(let column), [], isElement: false) = side, !isElsewhen,
            shape(of: side) != .other
        {
            // Since when there is a value is the same for all that are alike, whichever it is.
            compared.insert(column)
        } else {
            tie(operand)
        }
    }

    private mutating func visitElsewhen(_ index: NodeIndex) {
        let outer = isElsewhen
        isElsewhen = true
        visit(index)
        isElsewhen = outer
    }
}

extension QuantifierNode {
    /// Whether it matters how many of a set's members are like each other.
    fileprivate var countsMembers: Bool {
        guard case .atLeast = quantifier else { return false }
        return true
    }
}
