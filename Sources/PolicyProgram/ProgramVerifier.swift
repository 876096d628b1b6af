import Facts

/// How much room an evaluation has.
package enum ProgramLimits {
    /// How many quantifiers may stand inside each other.
    package static let slots = 16
    /// How deep conditions may nest; evaluation uses the thread's stack.
    package static let deepest = 400
}

/// Proves that evaluating a program stays within its tables and comes to an end.
struct ProgramVerifier {
    let tables: ProgramTables

    func verify() throws(ProgramFormatError) {
        try verifyOperands()
        try verifyMoments()
        try verifyParts()
        try verifyNodes()
        try verifyRules()
        try verifyQuestions()
        try verifyActionsDontCircle()
    }

    private func check(_ isSound: Bool, _ reason: ProgramFormatError.Reason = .danglingReference)
        throws(ProgramFormatError)
    {
        guard isSound else { throw ProgramFormatError(reason) }
    }

    private func verifyOperands() throws(ProgramFormatError) {
        for (index, operand) in tables.operands.enumerated() {
            switch operand {
            case .subject, .resource: continue
            case .slot(let slot): try check(Int(slot) < ProgramLimits.slots, .tooDeep)
            case .constant(let constant): try check(Int(constant) < tables.constants.count)
            case .column(let column, let base):
                try check(Int(column) < tables.columns.count && Int(base) < index)
            case .context(let context):
                try check(Int(context) < tables.vocabulary.contexts.count)
            case .list(let list): try check(Int(list) < tables.vocabulary.lists.count)
            case .lookup(let table, let key):
                try check(Int(table) < tables.vocabulary.tables.count && Int(key) < index)
            case .began(let base), .ends(let base): try check(Int(base) < index)
            }
        }
    }

    private func verifyMoments() throws(ProgramFormatError) {
        for moment in tables.moments {
            try checkOperand(moment.owner)
            try checkOperand(moment.argument)
            try checkKind(moment.kind)
            try checkKind(moment.whileKind)
            try check(
                Int(moment.column) < tables.columns.count
                    && Int(moment.hierarchyColumn) < tables.columns.count
                    && Int(moment.event) < tables.vocabulary.events.count)
        }
    }

    private func verifyNodes() throws(ProgramFormatError) {
        var depths: [Int] = []
        depths.reserveCapacity(tables.nodes.count)
        for node in tables.nodes {
            var depth = 0
            for child in try children(of: node) {
                // INVARIANT: a condition refers to earlier ones only.
                try check(Int(child) < depths.count)
                depth = max(depth, depths[Int(child)] + 1)
            }
            try check(depth <= ProgramLimits.deepest, .tooDeep)
            depths.append(depth)
            try verifyParts(of: node)
        }
    }

    private func children(of node: Node) throws(ProgramFormatError) -> [NodeIndex] {
        switch node {
        case .not(let child), .passed(_, let child), .at(_, let child), .held(let child, _):
            return [child]
        case .quantified(let place):
            try check(Int(place) < tables.quantifiers.count)
            return [tables.quantifiers[Int(place)].condition]
        case .and(let start, let count), .or(let start, let count):
            let (end, overflow) = start.addingReportingOverflow(count)
            try check(!overflow && Int(end) <= tables.lists.count)
            return Array(tables.lists[Int(start)..<Int(end)])
        case .constant, .compare, .member, .overlap, .superset, .below, .flag, .has, .inForce,
            .isKind, .moment, .may, .reached, .elapsed, .during:
            return []
        }
    }

    private func verifyParts(of node: Node) throws(ProgramFormatError) {
        switch node {
        case .constant, .not, .and, .or: return
        case .compare(_, let left, let right), .member(let left, of: let right),
            .overlap(let left, let right), .superset(let left, let right):
            try checkOperand(left)
            try checkOperand(right)
        case .below(let left, let right, let column):
            try checkOperand(left)
            try checkOperand(right)
            try check(Int(column) < tables.columns.count)
        case .flag(let operand), .has(let operand), .inForce(let operand), .reached(let operand),
            .at(let operand, _):
            try checkOperand(operand)
        case .elapsed(let place): try check(Int(place) < tables.elapses.count)
        case .during(let place): try check(Int(place) < tables.windows.count)
        case .held(_, let place): try check(Int(place) < tables.periods.count)
        // Its place was checked with its child, and what it holds with its table.
        case .quantified: return
        case .isKind(let operand, let kind):
            try checkOperand(operand)
            try check(Int(kind) < tables.vocabulary.kinds.count)
        case .moment(let moment): try check(Int(moment) < tables.moments.count)
        case .may(let action): try check(Int(action) < tables.actions.count)
        case .passed(let check, _):
            try self.check(Int(check) < tables.vocabulary.checks.count)
        }
    }

    private func verifyParts() throws(ProgramFormatError) {
        for quantifier in tables.quantifiers {
            try check(Int(quantifier.slot) < ProgramLimits.slots, .tooDeep)
            try verify(quantifier.domain)
        }
        for elapsed in tables.elapses {
            try checkOperand(elapsed.beginning)
            if let instant = elapsed.instant { try checkOperand(instant) }
        }
        for window in tables.windows {
            switch window {
            case .clock(let hours):
                let minutes = 0...1_440
                try check(minutes.contains(hours.from) && minutes.contains(hours.until))
            case .calendar(let place):
                try check(Int(place) < tables.vocabulary.calendars.count)
            }
        }
    }

    private func verify(_ domain: DomainNode) throws(ProgramFormatError) {
        try checkOperand(domain.operand)
        switch domain {
        case .records(let kind, _): try checkKind(kind)
        case .chain(_, let column): try check(Int(column) < tables.columns.count)
        case .members: return
        }
    }

    private func verifyQuestions() throws(ProgramFormatError) {
        for limit in tables.limits {
            try verify(limit.extent)
            if let group = limit.group { try checkOperand(group) }
        }
        for entitlement in tables.entitlements {
            try verify(entitlement.extent)
            if let approval = entitlement.approval {
                try check(approval.count > 0 && Int(approval.action) < tables.actions.count)
            }
        }
        for duty in tables.duties {
            try check(Int(duty.event) < tables.vocabulary.events.count)
            try check(duty.fields.values.allSatisfy { Int($0) < ProgramLimits.slots }, .tooDeep)
            try check(Int(duty.when) < tables.nodes.count)
            switch duty.object {
            case .one(let operand): try checkOperand(operand)
            case .each(let domain, let slot, let value):
                try verify(domain)
                try checkOperand(value)
                try check(Int(slot) < ProgramLimits.slots, .tooDeep)
            }
        }
    }

    private func verify(_ extent: ProgramExtent) throws(ProgramFormatError) {
        try check(Int(extent.action) < tables.actions.count)
        try check(Int(extent.head) < tables.nodes.count)
    }

    private func verifyRules() throws(ProgramFormatError) {
        for rule in tables.rules {
            try check(Int(rule.outcome) < tables.nodes.count)
            for parameter in rule.obligations.flatMap(\.parameters) {
                try checkOperand(parameter.value)
            }
            for clause in rule.head + rule.when + rule.onlyIf {
                try check(Int(clause.node) < tables.nodes.count)
            }
            for action in rule.actions { try check(Int(action) < tables.actions.count) }
        }
        for lease in tables.leases { try check(Int(lease.head) < tables.nodes.count) }
    }

    /// Follows `may` from action to action; a circle would never end.
    private func verifyActionsDontCircle() throws(ProgramFormatError) {
        var asked = [Set<UInt32>](repeating: [], count: tables.actions.count)
        for rule in tables.rules {
            let found = try actions(askedBy: rule.outcome)
            for action in rule.actions { asked[Int(action)].formUnion(found) }
        }
        var open = asked
        // Takes away, again and again, whoever asks nobody that is left.
        var isLeft = [Bool](repeating: true, count: asked.count)
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for index in open.indices where isLeft[index] {
                open[index] = open[index].filter { isLeft[Int($0)] }
                if open[index].isEmpty {
                    isLeft[index] = false
                    hasChanged = true
                }
            }
        }
        try check(!isLeft.contains(true))
    }

    private func actions(askedBy root: NodeIndex) throws(ProgramFormatError) -> Set<UInt32> {
        var found: Set<UInt32> = []
        var seen: Set<NodeIndex> = []
        var pending = [root]
        while let index = pending.popLast() {
            guard seen.insert(index).inserted else { continue }
            let node = tables.nodes[Int(index)]
            if case .may(let action) = node { found.insert(action) }
            pending += try children(of: node)
        }
        return found
    }

    private func checkOperand(_ operand: UInt32) throws(ProgramFormatError) {
        try check(Int(operand) < tables.operands.count)
    }

    private func checkKind(_ kind: UInt16) throws(ProgramFormatError) {
        try check(Int(kind) < tables.vocabulary.kinds.count)
    }
}
