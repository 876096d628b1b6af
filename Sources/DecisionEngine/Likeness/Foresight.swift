package import Facts
import PolicyProgram

/// What rules read at one instant of what is so at a later one.
package struct Foresight: Sendable {
    /// Whether they read when records and others end.
    package let readsEnds: Bool
    /// The instants that they name and ask about.
    private let named: [Instant]
    /// Whether they ask about instants that follow from facts or from the request.
    private let readsOthers: Bool

    init(_ program: Program) {
        let tables = program.tables
        readsEnds = tables.operands.contains { operand in
            if case .ends = operand { true } else { false }
        }
        var named: [Instant] = []
        var readsOthers = false
        for case .at(let operand, _) in tables.nodes {
            switch tables.operands[Int(operand)] {
            case .constant(let place):
                if case .instant(let instant) = tables.constants[Int(place)].value {
                    named.append(instant)
                }
            // What there is has begun by then.
            case .began(let base) where tables.isThere(base): continue
            default: readsOthers = true
            }
        }
        self.named = named
        self.readsOthers = readsOthers
    }

    /// Whether rules may read before an instant what is so from then on.
    package func reaches(_ instant: Instant) -> Bool {
        readsOthers || named.contains { $0 >= instant }
    }
}

extension ProgramTables {
    /// Whether an operand is always somebody or something that there is at the time.
    fileprivate func isThere(_ operand: UInt32) -> Bool {
        switch operands[Int(operand)] {
        case .subject, .resource: true
        case .slot(let slot):
            quantifiers.filter { $0.slot == slot }.allSatisfy { quantifier in
                if case .records = quantifier.domain { true } else { false }
            }
        default: false
        }
    }
}

extension DecisionEngine {
    /// What its rules read of later times.
    package var foresight: Foresight { Foresight(program) }

    /// The first instant at which a source is fresh in one engine and not in the other; nil where there is none.
    package func firstFreshness(unlike other: DecisionEngine) -> Instant? {
        let here = snapshot.columns.value.freshness.intervals
        let there = other.snapshot.columns.value.freshness.intervals
        return zip(here, there).compactMap { here, there in
            let edges = [here, there].map { intervals in intervals.flatMap { [$0.from, $0.until] } }
            for place in 0..<max(edges[0].count, edges[1].count) {
                let pair = edges.map { place < $0.count ? $0[place] : .distantFuture }
                if pair[0] != pair[1] { return min(pair[0], pair[1]) }
            }
            return nil
        }.min()
    }
}
