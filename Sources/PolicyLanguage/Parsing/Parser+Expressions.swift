import Diagnostics
import Facts

/// Expressions, loosest binding first: `or`, `and`, `not`, relations; then the paths they relate.
extension Parser {
    mutating func expression() throws(ParseFailure) -> Expression {
        let node = begin(.expression)
        defer { end(node) }
        return try nested { (parser) throws(ParseFailure) in
            try parser.row(of: "or", Expression.Kind.or) { (parser) throws(ParseFailure) in
                try parser.row(of: "and", Expression.Kind.and) { (parser) throws(ParseFailure) in
                    try parser.negation()
                }
            }
        }
    }

    /// Goes one level deeper, unless that is too deep.
    private mutating func nested<Result>(
        _ body: (inout Parser) throws(ParseFailure) -> Result
    ) throws(ParseFailure) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.deepestNesting else {
            report(.nestedTooDeeply, [String(Parser.deepestNesting)], at: current.place)
            throw ParseFailure()
        }
        return try body(&self)
    }

    /// Parts joined by `word`, which bind to the left.
    private mutating func row(
        of word: String, _ join: (Expression, Expression) -> Expression.Kind,
        _ part: (inout Parser) throws(ParseFailure) -> Expression
    ) throws(ParseFailure) -> Expression {
        var left = try part(&self)
        var length = 1
        while takeWord(word) || takeCapitals(of: word) {
            let height = height
            try count(&length)
            let right = try part(&self)
            try grow(over: height)
            left = Expression(join(left, right), left.place.union(right.place))
        }
        return left
    }

    /// Counts what stands in one row; a row nests to the left, so it is as deep as it is long.
    private mutating func count(_ length: inout Int) throws(ParseFailure) {
        length += 1
        guard length > Parser.longestRow else { return }
        report(.nestedTooDeeply, [String(Parser.longestRow)], at: current.place)
        throw ParseFailure()
    }

    /// Counts the height of the tree by one more than its sides have; the left one's is given.
    ///
    /// A row that begins with a row in parentheses is as high as both together, however little nests.
    private mutating func grow(over left: Int = 0) throws(ParseFailure) {
        height = max(height, left) + 1
        guard height > Parser.highestTree else { return }
        report(.nestedTooDeeply, [String(Parser.highestTree)], at: previousPlace)
        throw ParseFailure()
    }

    private mutating func negation() throws(ParseFailure) -> Expression {
        let start = current.place
        guard takeWord("not") else { return try held() }
        let operand = try nested { (parser) throws(ParseFailure) in try parser.negation() }
        return Expression(.not(operand), start.union(operand.place))
    }

    // `subject engaged for at least 2 years`
    private mutating func held() throws(ParseFailure) -> Expression {
        let inner = try relation()
        guard current.isWord("for"), peek().isWord("at") else { return inner }
        advance()
        try expectWords("at", "least")
        let period = try periodOrName()
        return Expression(.held(inner, period), inner.place.union(previousPlace))
    }

    private mutating func relation() throws(ParseFailure) -> Expression {
        let start = current.place
        if let quantifier = try quantifier() { return try quantified(quantifier, from: start) }
        if takeWord("has") {
            let operand = try postfix()
            return Expression(.has(operand), start.union(operand.place))
        }
        if let temporal = try temporal(from: start) { return temporal }
        return try relation(from: try postfix())
    }

    private mutating func relation(from left: Expression) throws(ParseFailure) -> Expression {
        let word = current
        if word.kind == .symbol, let comparison = Expression.Comparison(rawValue: word.text) {
            advance()
            return try joined(left) { .compare(comparison, $0, $1) }
        }
        guard word.kind == .identifier else { return left }
        switch word.text {
        case "in":
            advance()
            return try membership(of: left)
        case "not" where peek().isWord("in"):
            advance()
            advance()
            let membership = try membership(of: left)
            return Expression(.not(membership), membership.place)
        case "any", "all", "only":
            // `only if` belongs to the requirement.
            guard let overlap = Expression.Overlap(rawValue: word.text), !peek().isWord("if")
            else { return left }
            advance()
            return try joined(left) { .overlap(overlap, $0, $1) }
        case "below":
            advance()
            return try joined(left) { .below($0, $1) }
        case "above":
            advance()
            return try joined(left) { .below($1, $0) }
        case "is":
            advance()
            let kind = try name()
            return Expression(.isKind(left, kind), left.place.union(kind.place))
        case "within", "at":
            return try elapsed(left, from: left.place) ?? left
        case "passed":
            advance()
            let check = try name()
            return Expression(.passed(left, check: check), left.place.union(check.place))
        case "may":
            advance()
            let action = try name()
            return try joined(left) { .may($0, action: action, $1) }
        default:
            // `subject on-notice`. A word that the grammar needs, or the next line's, is not part of it.
            guard !Parser.reservedWords.contains(word.text), !word.beginsLine,
                !isJoiningInCapitals(word)
            else { return left }
            advance()
            let adjective = Name(word.text, word.place)
            return Expression(.adjective(left, adjective), left.place.union(word.place))
        }
    }

    private mutating func joined(
        _ left: Expression, _ join: (Expression, Expression) -> Expression.Kind
    ) throws(ParseFailure) -> Expression {
        let right = try postfix()
        return Expression(join(left, right), left.place.union(right.place))
    }

    // `x in {a, b}`, `x in r.projects`, `x in low to high`
    private mutating func membership(of left: Expression) throws(ParseFailure) -> Expression {
        let set = try postfix()
        guard takeWord("to") else {
            return Expression(.isIn(left, set), left.place.union(set.place))
        }
        let high = try postfix()
        return Expression(.isBetween(left, set, high), left.place.union(high.place))
    }

    // MARK: Quantifiers

    /// `some`, `every`, `no`, `at least 2`, `at most 2`, `exactly 2`; nil where none begins here.
    private mutating func quantifier() throws(ParseFailure) -> Expression.Quantifier? {
        if takeWord("some") { return .some }
        if takeWord("every") { return .every }
        if takeWord("no") { return .no }
        if current.isWord("exactly"), peek().kind == .integer {
            advance()
            return .exactly(try count())
        }
        guard current.isWord("at"), peek(2).kind == .integer, !isPeriod(at: 2) else { return nil }
        if peek().isWord("least") {
            advance()
            advance()
            return .atLeast(try count())
        }
        guard peek().isWord("most") else { return nil }
        advance()
        advance()
        return .atMost(try count())
    }

    private mutating func quantified(
        _ quantifier: Expression.Quantifier, from start: Place
    ) throws(ParseFailure) -> Expression {
        let variable = try name()
        try expectWord("in")
        let collection: Expression
        if current.isWord("chain"), peek().isWord("of") {
            let word = current.place
            advance()
            advance()
            let lowest = try postfix()
            collection = Expression(.chain(lowest), word.union(lowest.place))
        } else {
            collection = try postfix()
        }
        let condition = takeWord("where") ? try expression() : nil
        return Expression(
            .quantified(quantifier, variable: variable, collection, condition: condition),
            start.union(condition?.place ?? collection.place))
    }

    // MARK: Paths

    mutating func postfix() throws(ParseFailure) -> Expression {
        var base = try primary()
        var length = 1
        while takeSymbol(".") {
            try count(&length)
            try grow()
            let member = try name()
            if current.isSymbol("(") {
                base = try moment(of: base, member)
            } else {
                base = Expression(.member(base, member), base.place.union(member.place))
            }
        }
        return base
    }

    // `subject.moved-from(resource.owner) within 14 days`
    private mutating func moment(
        of base: Expression, _ name: Name
    ) throws(ParseFailure) -> Expression {
        try expectSymbol("(")
        let argument = try expression()
        try expectSymbol(")")
        try expectWord("within")
        let period = try periodOrName()
        return Expression(
            .moment(base, moment: name, argument: argument, period),
            base.place.union(previousPlace))
    }

    private mutating func primary() throws(ParseFailure) -> Expression {
        let word = current
        height = 0
        switch word.kind {
        case .integer where isPeriod():
            let period = try period()
            return Expression(.period(period), word.place.union(previousPlace))
        case .integer:
            advance()
            return Expression(.integer(Int64(word.text) ?? 0), word.place)
        case .text:
            advance()
            return Expression(.text(word.text), word.place)
        case .time:
            advance()
            return Expression(.time(word.text), word.place)
        case .symbol where word.text == "(":
            advance()
            let inner = try expression()
            try expectSymbol(")")
            return Expression(inner.kind, word.place.union(previousPlace))
        case .symbol where word.text == "{":
            return try setLiteral()
        case .identifier where word.text == "true" || word.text == "false":
            advance()
            return Expression(.boolean(word.text == "true"), word.place)
        case .identifier where !Parser.reservedWords.contains(word.text) || isNameHere(word):
            advance()
            return try named(word)
        case .identifier, .clock, .symbol, .end:
            throw expected("expression")
        }
    }

    /// A name, or what is written with one: an entity, a look-up in a table, a definition with arguments.
    private mutating func named(_ word: Token) throws(ParseFailure) -> Expression {
        let name = Name(word.text, word.place)
        if current.kind == .text {
            let id = current
            ids.append(Name(id.text, id.place))
            advance()
            return Expression(.entity(kind: name, id: id.text), word.place.union(id.place))
        }
        if takeSymbol("[") {
            let key = try nested { (parser) throws(ParseFailure) in try parser.postfix() }
            try expectSymbol("]")
            return Expression(.lookup(table: name, key), word.place.union(previousPlace))
        }
        if takeSymbol("(") {
            let arguments = try nested { (parser) throws(ParseFailure) in
                var arguments: [Expression] = []
                repeat { arguments.append(try parser.postfix()) } while parser.takeSymbol(",")
                return arguments
            }
            try expectSymbol(")")
            return Expression(.call(name, arguments), word.place.union(previousPlace))
        }
        return Expression(.name(word.text), word.place)
    }

    /// Words such as `check` and `category` are names too, where the grammar doesn't need them: as a
    /// context or a field.
    private func isNameHere(_ word: Token) -> Bool {
        Parser.nounsOfDeclarations.contains(word.text) && word.indentation != 0
    }

    mutating func setLiteral() throws(ParseFailure) -> Expression {
        let start = current.place
        let members = try nested { (parser) throws(ParseFailure) in
            try parser.bracedList(as: .literal) { (parser) throws(ParseFailure) in
                try parser.postfix()
            }
        }
        return Expression(.set(members), start.union(previousPlace))
    }
}
