import Diagnostics
import Facts

/// Sources, purposes, tables, lists and calendars.
extension Parser {
    // `source hr "人事システム" fresh for 2 days`
    mutating func source() throws(ParseFailure) -> SourceSyntax {
        let name = try labelledName()
        var fresh: Period?
        if takeWord("fresh") {
            try expectWord("for")
            fresh = try period()
        }
        return SourceSyntax(name: name, fresh: fresh)
    }

    // `purpose export-control "輸出管理" covers {security, economic}`
    mutating func purpose() throws(ParseFailure) -> PurposeSyntax {
        let name = try labelledName()
        return PurposeSyntax(name: name, covers: takeWord("covers") ? try bracedNames() : nil)
    }

    // `table cap : risk -> tier { low: secret, high: internal, else: open }`
    mutating func table() throws(ParseFailure) -> TableSyntax {
        let name = try labelledName()
        try expectSymbol(":")
        let key = try type()
        try expectSymbol("->")
        let value = try type()
        var otherwise: Expression?
        var rows: [TableSyntax.Row] = []
        _ = try bracedList { (parser) throws(ParseFailure) in
            if parser.current.isWord("else"), parser.peek().isSymbol(":") {
                parser.advance()
                parser.advance()
                otherwise = try parser.value()
                return
            }
            let key = try parser.value()
            try parser.expectSymbol(":")
            rows.append(TableSyntax.Row(key: key, value: try parser.value()))
        }
        return TableSyntax(name: name, key: key, value: value, rows: rows, otherwise: otherwise)
    }

    // `list approved-tools of text { "deepl" since 2026-04-01 until 2026-09-30 }`
    mutating func list() throws(ParseFailure) -> ListSyntax {
        let name = try labelledName()
        try expectWord("of")
        let type = try type()
        let members = try bracedList { (parser) throws(ParseFailure) in
            let value = try parser.value()
            let since = parser.takeWord("since") ? try parser.value() : nil
            let until = parser.takeWord("until") ? try parser.value() : nil
            return ListSyntax.Member(value: value, since: since, until: until)
        }
        return ListSyntax(name: name, type: type, members: members)
    }

    // `calendar working-days "営業日" { monday, tuesday except holidays }`
    mutating func calendar() throws(ParseFailure) -> CalendarSyntax {
        let name = try labelledName()
        return try braced { (parser) throws(ParseFailure) in
            let weekdays = try parser.names()
            let except = parser.takeWord("except") ? try parser.names() : []
            return CalendarSyntax(name: name, weekdays: weekdays, except: except)
        }
    }
}
