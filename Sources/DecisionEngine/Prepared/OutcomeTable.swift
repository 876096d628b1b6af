import PolicyProgram

/// What the rules about an action come to together, each once and by number.
///
/// Two outcomes have one number exactly if every rule comes to the same in both.
struct OutcomeTable {
    /// What follows from the outcomes of all rules about an action.
    struct Entry {
        let basis: Decision.Basis
        /// The rules that determine it, by their places in the program.
        let rules: [Int]
        /// The rules whose obligations go with it.
        let obliging: [Int]
    }

    private(set) var entries: [Entry] = []
    private var places: [Key: UInt32] = [:]

    private struct Key: Hashable {
        let action: Int
        let truths: [RuleTruth]
    }

    /// What a rule comes to; those that come to nothing are left out.
    struct RuleTruth: Hashable, Comparable {
        let rule: UInt32
        let truth: Truth

        static func < (left: RuleTruth, right: RuleTruth) -> Bool { left.rule < right.rule }

        /// Whether a rule of this kind determines nothing when it comes to this.
        static func isIdle(_ truth: Truth, _ kind: ProgramRule.Kind) -> Bool {
            truth == (kind == .require ? .true : .false)
        }
    }

    /// The number of what these outcomes come to.
    mutating func place(action: Int, _ truths: [RuleTruth], _ rules: Flat<ConditionTables.Rule>)
        -> UInt32
    {
        let key = Key(action: action, truths: truths.sorted())
        if let known = places[key] { return known }
        let place = UInt32(entries.count)
        places[key] = place
        entries.append(Entry(key.truths, rules))
        return place
    }
}

extension OutcomeTable.Entry {
    /// What follows from what rules, in the order of the program, come to: `docs/semantics.md`, 5.
    init(
        _ truths: some Sequence<OutcomeTable.RuleTruth>, _ rules: Flat<ConditionTables.Rule>
    ) {
        var reasons: [Int] = []
        var inTheWay: [Int] = []
        var obliging: [Int] = []
        for found in truths {
            let rule = Int(found.rule)
            switch rules[rule].kind {
            case .permit: if found.truth == .true { reasons.append(rule) }
            case .require: if found.truth != .true { inTheWay.append(rule) }
            case .forbid: if found.truth != .false { inTheWay.append(rule) }
            case .oblige: if found.truth != .false { obliging.append(rule) }
            }
        }
        if !inTheWay.isEmpty {
            self.init(basis: .inTheWay, rules: inTheWay, obliging: [])
        } else if reasons.isEmpty {
            self.init(basis: .noPermit, rules: [], obliging: [])
        } else {
            self.init(basis: .permitted, rules: reasons, obliging: obliging)
        }
    }
}
