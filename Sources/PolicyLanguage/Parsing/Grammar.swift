/// What the parser and the checker hold to and `docs/language.md` tells: its test compares the two.
package enum Grammar {
    /// The words that begin a declaration.
    package static var declarationWords: Set<String> { Parser.declarationWords }
    /// The words that can't be names in a condition.
    package static var reservedWords: Set<String> { Parser.reservedWords }
    /// The largest source, in bytes.
    package static var largestSourceBytes: Int { Lexer.largestSource }
    /// How deep expressions may nest.
    package static var deepestNesting: Int { Parser.deepestNesting }
    /// How many parts `and`, `or` and a path may join in a row.
    package static var longestRow: Int { Parser.longestRow }
    /// How many definitions may rest on each other in a row.
    package static var longestChain: Int { Checker.longestChain }
    /// How much one policy may hold, by what is counted.
    package static var mostOf: [String: Int] {
        [
            "files": Limits.files, "kinds": Limits.kinds, "kinds below": Limits.kindDepth,
            "attributes": Limits.attributes, "phrases": Limits.phrases, "cases": Limits.cases,
            "actions": Limits.actions, "values": Limits.contexts, "checks": Limits.checks,
            "events": Limits.events, "definitions of": Limits.definitions, "rules": Limits.rules,
            "leases": Limits.leases, "others": Limits.others,
            "statements of all": Limits.statements,
            "statements of one": Limits.statementsInScenario,
            "words of one": Limits.wordsInStatement, "conditions of": Limits.conditions,
            "words in a file": Lexer.mostWords, "name": Lexer.longestName,
            "text": Lexer.longestText,
        ]
    }
    /// How deep conditions may stand inside each other, definitions written out.
    package static var deepestCondition: Int { Limits.conditionDepth }
    /// How deep `some` and `every` may stand inside each other, definitions written out.
    package static var deepestQuantifier: Int { Limits.quantifierDepth }
    /// After how many mistakes reading gives up.
    package static var mostMistakes: Int { Lexer.mostMistakes }
    /// The most conditions in one rule, its definitions written out.
    package static var largestCondition: Int { Checker.largestCondition }
}
