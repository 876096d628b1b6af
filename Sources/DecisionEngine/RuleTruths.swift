import PolicyProgram

/// What a rule and each of its clauses came to for one request.
package struct RuleTruths: Sendable {
    /// The rule, by its place among the program's rules.
    package let rule: Int
    /// What the rule as a whole came to.
    package let outcome: Truth
    /// What the clauses of its class came to.
    package let head: [Truth]
    /// What the clauses that say when it applies came to.
    package let when: [Truth]
    /// What the clauses that it asks for came to.
    package let onlyIf: [Truth]
}

extension DecisionEngine {
    /// What all rules about a request's action came to, those that determine nothing among them.
    ///
    /// Every clause is evaluated, whatever those before it came to. Empty where a name is unknown.
    package func ruleTruths(_ request: Request) -> [RuleTruths] {
        guard let question = resolve(request) else { return [] }
        var evaluator = ConditionEvaluator(
            tables, snapshot, question: question, time: question.time, trace: NoTrace())
        guard evaluator.exists(question.subject), evaluator.exists(question.resource) else {
            return []
        }
        return program.rulesByAction[question.action].map { index in
            let rule = program.rules[index]
            return RuleTruths(
                rule: index, outcome: evaluator.truth(of: rule.outcome),
                head: rule.head.map { evaluator.truth(of: $0.node) },
                when: rule.when.map { evaluator.truth(of: $0.node) },
                onlyIf: rule.onlyIf.map { evaluator.truth(of: $0.node) })
        }
    }
}
