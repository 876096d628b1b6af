import Diagnostics
import Facts

/// Facts that serve one purpose reach nothing else (semantics, 7).
extension Checker {
    /// Whether a rule reads only what its class may be judged by; reports the first thing where not.
    mutating func keepsToPurpose(
        _ rule: CheckedRule, reading outcome: Condition, _ syntax: RuleSyntax, _ pattern: Pattern
    ) -> Bool {
        let place = syntax.pattern.place
        let reads = purposes(of: outcome)
        for obligation in rule.obligations {
            for parameter in obligation.parameters {
                if let purpose = purposes(of: parameter.value).sorted().first {
                    report(.purposeInObligation, [purpose], at: place)
                    return false
                }
            }
        }
        if rule.kind == .oblige, let purpose = reads.sorted().first {
            report(.purposeInObligation, [purpose], at: place)
            return false
        }
        for check in outcome.checksRead.sorted() {
            let covers = Set(vocabulary.checks[check]?.covers ?? [])
            guard pattern.lies(within: covers), rule.kind != .oblige else {
                report(
                    .checkReadOutsideItsPurpose,
                    [check, covers.sorted().prefix(12).joined(separator: ", ")],
                    at: place)
                return false
            }
        }
        for purpose in reads.sorted() {
            guard let covers = vocabulary.purposes[purpose]?.covers,
                !pattern.lies(within: Set(covers))
            else { continue }
            report(
                .checkReadOutsideItsPurpose,
                [purpose, covers.sorted().prefix(12).joined(separator: ", ")],
                at: place)
            return false
        }
        return true
    }

    /// The purposes that what a condition reads is limited to, however indirectly; checks apart, which have names
    /// of their own.
    func purposes(of condition: Condition) -> Set<String> {
        var found: Set<String> = []
        for part in condition.subconditions {
            switch part {
            case .quantified(_, _, let domain, _): add(domain, to: &found)
            case .below(_, _, let kind, let attribute):
                add(vocabulary.kinds[kind]?.attributes[attribute]?.limitedTo, to: &found)
            case .moment(let moment):
                for kind in [moment.kind, moment.whileKind] {
                    add(vocabulary.kinds[kind]?.limitedTo, to: &found)
                }
                let attribute = vocabulary.kinds[moment.kind]?.attributes[moment.attribute]
                add(attribute?.limitedTo, to: &found)
            default: break
            }
            for operand in part.operands { add(operand, to: &found) }
        }
        found.remove(Vocabulary.checkPurpose)
        return found
    }

    func purposes(of domain: Domain) -> Set<String> {
        var found: Set<String> = []
        add(domain, to: &found)
        return found
    }

    func purposes(of operand: Operand) -> Set<String> {
        var found: Set<String> = []
        add(operand, to: &found)
        return found
    }

    private func add(_ domain: Domain, to found: inout Set<String>) {
        add(domain.operand, to: &found)
        switch domain {
        case .records(let kind, _): add(vocabulary.kinds[kind]?.limitedTo, to: &found)
        case .chain(_, let kind, let attribute):
            add(vocabulary.kinds[kind]?.attributes[attribute]?.limitedTo, to: &found)
        case .members: break
        }
    }

    private func add(_ operand: Operand, to found: inout Set<String>) {
        for case .attribute(_, let name, let kind) in operand.parts {
            let declaration = vocabulary.kinds[kind]
            let attribute = declaration?.attributes[name]
            add(attribute?.limitedTo ?? declaration?.limitedTo, to: &found)
            // Whether there is a record to lead to, and for how long, is said by the record.
            let type = attribute?.type.memberType ?? attribute?.type
            add(type?.entityKind.flatMap { vocabulary.kinds[$0]?.limitedTo }, to: &found)
        }
    }

    private func add(_ purpose: String?, to found: inout Set<String>) {
        if let purpose { found.insert(purpose) }
    }
}

extension Checker {
    /// Reports obligations that ask for a decision in which something that serves one purpose has a part.
    mutating func checkWhatObligationsAsk(_ rules: [CheckedRule]) {
        let ofAccess = rules.filter { $0.kind != .oblige }
        var readByAction: [String: WhatIsRead] = [:]
        for (rule, syntax) in written.rules where rule.kind == .oblige {
            var limited: Set<String> = []
            for action in read(by: rule).actions {
                let read = readByAction[action] ?? self.read(reachedFrom: action, rules: ofAccess)
                readByAction[action] = read
                limited.formUnion(read.limited)
            }
            if let purpose = limited.sorted().first {
                report(.purposeInObligation, [purpose], at: syntax.pattern.place)
            }
        }
    }
}

extension Checker.Pattern {
    /// Whether all of the class has one of these categories.
    func lies(within categories: Set<String>) -> Bool {
        self.categories.contains { $0.isSubset(of: categories) }
    }
}
