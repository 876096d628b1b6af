import Diagnostics
import Facts

/// Words that stand for one value, whoever asks: literals, cases, ids, and definitions of these.
extension Checker {
    /// The value `expression` has as a `type`; reports and gives nil where it has none.
    mutating func constant(_ expression: Expression, as type: ValueType) -> Value? {
        let reported = diagnostics.count
        switch (expression.kind, type) {
        case (.set(let members), .set(let member)):
            // A long list weighs as much as many conditions, wherever a definition brings it.
            guard countCondition(members.count, at: expression.place) else { return nil }
            var values: [Value] = []
            for item in members {
                guard let value = constant(item, as: member) else { return nil }
                values.append(value)
            }
            return .set(of: values)
        case (.boolean(let boolean), .boolean): return .boolean(boolean)
        case (.integer(let number), .integer): return .integer(number)
        case (.text(let text), .text):
            guard countCondition(text.utf8.count / 64, at: expression.place) else { return nil }
            return .text(text)
        case (.time(let text), .lastDay) where TimeText.date(text) != nil:
            // As a last day, a date means the next midnight.
            return TimeText.date(text).map { .instant(zone.start(of: $0.advanced(byDays: 1))) }
        case (.time(let text), .date):
            guard let date = TimeText.date(text) else { break }
            return .instant(zone.start(of: date))
        case (.time(let text), .instant), (.time(let text), .lastDay):
            guard let instant = TimeText.instant(text, in: zone) else {
                report(.malformedNumber, [text], at: expression.place)
                return nil
            }
            return .instant(instant)
        case (.entity(let kind, let id), .entity(let wanted)):
            guard vocabulary.kinds[kind.text] != nil else {
                reportUnknown(.unknownType, kind, among: vocabulary.kinds.names)
                return nil
            }
            guard areRelated(kind.text, wanted) else {
                report(
                    .typesDiffer, [wanted, kind.text], at: expression.place)
                return nil
            }
            do throws(FactProblem) {
                try vocabulary.checkID(id)
            } catch {
                diagnostics.append(Diagnostic(error, at: expression.place))
                return nil
            }
            return .entity(EntityID(kind: vocabulary.rootKind(of: kind.text), name: id))
        case (.name(let text), .enumeration(let enumeration)):
            let known = vocabulary.enumerations[enumeration]
            if known?.rank(of: text) != nil { return .symbol(text) }
            if let value = definedConstant(text, as: type, at: expression.place) { return value }
            reportUnknownCase(Name(text, expression.place), of: enumeration)
            return nil
        case (.name(let text), .entity(let kind)):
            if let value = definedConstant(text, as: type, at: expression.place) { return value }
            if definitions[text] != nil { break }
            written.bareIDs.append(
                Written.BareID(name: Name(text, expression.place), kind: kind))
            return .entity(EntityID(kind: vocabulary.rootKind(of: kind), name: text))
        case (.name(let text), _):
            if let value = definedConstant(text, as: type, at: expression.place) { return value }
        default: break
        }
        // A definition that may not be used here has been reported, and says nothing else.
        guard diagnostics.count == reported else { return nil }
        reportMisfit(expression, as: type)
        return nil
    }

    /// The value of a definition that is a constant of this type.
    private mutating func definedConstant(
        _ name: String, as type: ValueType, at place: Place
    ) -> Value? {
        guard definitions[name] != nil, let meaning = meaning(of: name, at: place),
            case .operand(.constant(let value, let found), _) = meaning,
            areComparable(found, type),
            countCondition(sizes["define \(name)"] ?? 0, at: place)
        else { return nil }
        return value
    }

    /// Whether one kind is a special case of the other.
    func areRelated(_ left: String, _ right: String) -> Bool {
        vocabulary.isKind(left, right) || vocabulary.isKind(right, left)
    }

    /// Whether values of the two types can be equal.
    func areComparable(_ left: ValueType, _ right: ValueType) -> Bool {
        switch (left, right) {
        case (.entity(let a), .entity(let b)): areRelated(a, b)
        case (.set(let a), .set(let b)): areComparable(a, b)
        case (.lastDay, .instant), (.instant, .lastDay): true
        default: left == right
        }
    }
}
