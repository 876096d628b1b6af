import Diagnostics
import Facts

/// Sources, purposes, tables, lists and calendars.
extension Checker {
    mutating func collectSourcesAndPurposes() {
        for declaration in declarations {
            switch declaration {
            case .source(let source) where declare(source.name.name, in: "source"):
                let name = source.name.name.text
                vocabulary.sources.insert(
                    SourceDeclaration(
                        name: name, label: source.name.label ?? name, fresh: source.fresh))
            case .purpose(let purpose) where declare(purpose.name.name, in: "purpose"):
                for name in purpose.covers ?? [] { checkCategory(name) }
                let name = purpose.name.name.text
                vocabulary.purposes.insert(
                    PurposeDeclaration(
                        name: name, label: purpose.name.label ?? name,
                        covers: purpose.covers?.map(\.text)))
            default: continue
            }
        }
    }

    mutating func checkCategory(_ name: Name) {
        let known = vocabulary.enumerations["category"]?.cases.map(\.name) ?? []
        guard !known.contains(name.text) else { return }
        reportUnknown(.unknownCase, name, ["category"], among: known)
    }

    /// Tables and lists; calendars after them, which rest on lists.
    mutating func collectTablesAndLists() {
        for declaration in declarations {
            switch declaration {
            case .table(let table) where declare(table.name.name, in: "table"):
                collect(table)
            case .list(let list) where declare(list.name.name, in: "define"): collect(list)
            default: continue
            }
        }
        for case .calendar(let calendar) in declarations
        where declare(calendar.name.name, in: "calendar") {
            collect(calendar)
        }
    }

    private mutating func collect(_ syntax: TableSyntax) {
        let (key, value) = (type(syntax.key), type(syntax.value))
        guard let key, let value else { return }
        var rows: [TableDeclaration.Row] = []
        var seen: Set<Value> = []
        for row in syntax.rows {
            let (found, result) = (constant(row.key, as: key), constant(row.value, as: value))
            guard let found, let result else { continue }
            guard seen.insert(found).inserted else {
                report(.declaredTwice, [text(at: row.key.place)], at: row.key.place)
                continue
            }
            rows.append(TableDeclaration.Row(key: found, value: result))
        }
        let otherwise = syntax.otherwise.flatMap { constant($0, as: value) }
        if syntax.otherwise == nil, rows.count == syntax.rows.count {
            checkIsExhaustive(rows, over: key, of: syntax.name.name)
        }
        let name = syntax.name.name.text
        vocabulary.tables.insert(
            TableDeclaration(
                name: name, label: syntax.name.label ?? name, keyType: key, valueType: value,
                rows: rows, otherwise: otherwise))
    }

    /// A table over an enumeration must say something of every case.
    private mutating func checkIsExhaustive(
        _ rows: [TableDeclaration.Row], over key: ValueType, of name: Name
    ) {
        guard case .enumeration(let enumeration) = key else { return }
        let cases = vocabulary.enumerations[enumeration]?.cases.map(\.name) ?? []
        let missing = cases.filter { name in !rows.contains { $0.key == .symbol(name) } }
        guard !missing.isEmpty else { return }
        report(.tableNotExhaustive, [name.text, missing.joined(separator: ", ")], at: name.place)
    }

    private mutating func collect(_ syntax: ListSyntax) {
        guard let type = type(syntax.type) else { return }
        var members: [ListDeclaration.Member] = []
        for member in syntax.members {
            guard let value = constant(member.value, as: type) else { continue }
            let from = member.since.map { constant($0, as: .instant) } ?? .instant(.distantPast)
            let until = member.until.map { constant($0, as: .lastDay) } ?? .instant(.distantFuture)
            guard case .instant(let from) = from, case .instant(let until) = until else {
                continue
            }
            guard from < until else {
                report(
                    .endsBeforeItBegins, [text(at: member.value.place)], at: member.value.place)
                continue
            }
            members.append(
                ListDeclaration.Member(value: value, interval: Interval(from: from, until: until)))
        }
        let name = syntax.name.name.text
        vocabulary.lists.insert(
            ListDeclaration(
                name: name, label: syntax.name.label ?? name, memberType: type, members: members))
    }

    private mutating func collect(_ syntax: CalendarSyntax) {
        var weekdays: [CalendarDeclaration.Weekday] = []
        for name in syntax.weekdays {
            guard let weekday = CalendarDeclaration.Weekday(rawValue: name.text) else {
                let known = CalendarDeclaration.Weekday.allCases.map(\.rawValue)
                reportUnknown(.unknownCase, name, ["weekday"], among: known)
                continue
            }
            weekdays.append(weekday)
        }
        for name in syntax.except {
            guard let list = vocabulary.lists[name.text] else {
                reportUnknown(.unknownName, name, among: vocabulary.lists.names)
                continue
            }
            if list.memberType != .date {
                report(
                    .typesDiffer, [ValueType.date.written, list.memberType.written],
                    at: name.place)
            }
        }
        let name = syntax.name.name.text
        vocabulary.calendars.insert(
            CalendarDeclaration(
                name: name, label: syntax.name.label ?? name, weekdays: weekdays,
                except: syntax.except.map(\.text)))
    }
}
