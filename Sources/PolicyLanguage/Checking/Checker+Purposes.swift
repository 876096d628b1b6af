import Diagnostics
import Facts

/// Facts that serve one purpose reach nothing else (semantics, 7).
extension Checker {
    /// Whether a rule reads only what its class may be judged by; reports the first thing where not.
    mutating func keepsToPurpose(
        _ rule: CheckedRule, _ syntax: RuleSyntax, _ pattern: Pattern
    ) -> Bool {
        let place = syntax.pattern.place
        let reads = purposes(of: rule.outcome)
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
        for check in rule.outcome.checksRead.sorted() {
            let covers = Set(vocabulary.checks[check]?.covers ?? [])
            guard pattern.lies(within: covers), rule.kind != .oblige else {
                report(
                    .checkReadOutsideItsPurpose, [check, covers.sorted().joined(separator: ", ")],
                    at: place)
                return false
            }
        }
        for purpose in reads.sorted() {
            guard let covers = vocabulary.purposes[purpose]?.covers,
                !pattern.lies(within: Set(covers))
            else { continue }
            report(
                .checkReadOutsideItsPurpose, [purpose, covers.sorted().joined(separator: ", ")],
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
            if case .quantified(_, _, .records(let kind, _), _) = part {
                found.formUnion([vocabulary.kinds[kind]?.limitedTo].compactMap(\.self))
            }
            if case .moment(let moment) = part {
                let kinds = [moment.kind, moment.whileKind]
                found.formUnion(kinds.compactMap { vocabulary.kinds[$0]?.limitedTo })
                found.formUnion(
                    [vocabulary.kinds[moment.kind]?.attributes[moment.attribute]?.limitedTo]
                        .compactMap(\.self))
            }
            for operand in part.operands { found.formUnion(purposes(of: operand)) }
        }
        found.remove(Vocabulary.checkPurpose)
        return found
    }

    func purposes(of operand: Operand) -> Set<String> {
        Set(
            operand.parts.compactMap { part in
                guard case .attribute(_, let name, let kind) = part else { return nil }
                let declaration = vocabulary.kinds[kind]
                return declaration?.attributes[name]?.limitedTo ?? declaration?.limitedTo
            })
    }
}

extension Checker.Pattern {
    /// Whether all of the class has one of these categories.
    func lies(within categories: Set<String>) -> Bool {
        self.categories.map { $0.isSubset(of: categories) } ?? false
    }
}
