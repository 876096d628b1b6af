import Diagnostics
import Facts

/// Limits, duties and entitlements: what is asked of a policy besides single requests.
extension Parser {
    // `limit whole: at most 5 people may view every step of one process`
    mutating func limit(_ word: Token) throws(ParseFailure) -> LimitSyntax {
        let name = try name()
        try expectSymbol(":")
        try expectWords("at", "most")
        let most = try count()
        try expectWords("people", "may")
        let action = try self.name()
        let extent = try extent()
        let pattern = try classPattern()
        var group: Name?
        if current.isWord("of"), peek().isWord("one") {
            advance()
            advance()
            group = try self.name()
        }
        let why = try why()
        return LimitSyntax(
            name: name, most: most, action: action, extent: extent, pattern: pattern, group: group,
            why: why, place: word.place.union(previousPlace))
    }

    private mutating func extent() throws(ParseFailure) -> Extent {
        guard let extent = Extent(rawValue: current.text), current.kind == .identifier else {
            throw expected("`some`, `every`")
        }
        advance()
        return extent
    }

    // `upon gave-notice: return person.devices by last-day when person.primary cites "3.1.9(3)"`
    mutating func upon(_ word: Token) throws(ParseFailure) -> UponSyntax {
        let event = try name()
        try expectSymbol(":")
        var duties: [UponSyntax.Duty] = []
        repeat {
            let verb = try name()
            let path = try postfix()
            let by = takeWord("by") ? try name() : nil
            duties.append(UponSyntax.Duty(verb: verb, path: path, by: by))
        } while takeSymbol(",")
        let when = try clause("when")
        let why = try why()
        return UponSyntax(
            event: event, duties: duties, when: when, why: why,
            place: word.place.union(previousPlace))
    }

    // `entitlement "cn=…" holds who may view every document(…) assuming device.kind = managed reveals core-check`
    mutating func entitlement(_ word: Token) throws(ParseFailure) -> EntitlementSyntax {
        let group = try text()
        try expectWords("holds", "who", "may")
        let action = try name()
        let extent = try extent()
        let pattern = try classPattern()
        var assumptions: [EntitlementSyntax.Assumption] = []
        var reveals: [Name] = []
        if current.isWord("assuming") {
            let node = begin(.clause)
            defer { end(node) }
            advance()
            repeat {
                if current.isWord("reveals") || current.isWord("approved") { break }
                let context = try postfix()
                try expectSymbol("=")
                assumptions.append(.init(context: context, value: try value()))
            } while takeSymbol(",")
        }
        if current.isWord("reveals") {
            let node = begin(.clause)
            defer { end(node) }
            advance()
            reveals = try names()
        }
        let approval = try approval()
        let why = try why()
        return EntitlementSyntax(
            group: group, action: action, extent: extent, pattern: pattern,
            assumptions: assumptions, reveals: reveals, approval: approval, why: why,
            place: word.place.union(previousPlace))
    }

    /// `approved by 2 who may share`; nil where nobody's approval is asked for.
    private mutating func approval() throws(ParseFailure) -> EntitlementSyntax.Approval? {
        guard current.isWord("approved") else { return nil }
        let node = begin(.clause)
        defer { end(node) }
        let start = current.place
        try expectWords("approved", "by")
        let count = try count()
        try expectWords("who", "may")
        let action = try name()
        return EntitlementSyntax.Approval(
            count: count, action: action, place: start.union(previousPlace))
    }
}
