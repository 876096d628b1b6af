/// A value before the vocabulary has said what it means: as a file or a command line has it.
public enum RawValue: Hashable, Sendable {
    /// Text, which may turn out to be a reference, a case, a date or a number.
    case text(String)
    /// A number.
    case integer(Int64)
    /// True or false.
    case boolean(Bool)
    /// A list.
    case list([RawValue])

    /// How to show it to whoever wrote it.
    public var text: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .boolean(let boolean): String(boolean)
        case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        }
    }
}

extension Vocabulary {
    /// The longest id, in bytes of UTF-8.
    public static let longestID = 512

    /// Types an event, or says what is wrong with it.
    ///
    /// - Parameters:
    ///   - id: the event's id.
    ///   - name: its name or its command.
    ///   - time: when it takes effect, a date or an instant.
    ///   - fields: its fields as written.
    ///   - zone: the zone dates are in.
    /// - Returns: the event, every field of the type the vocabulary gives it.
    /// - Throws: the first problem found.
    public func event(
        id: String, name: String, at time: String, fields: [String: RawValue], zone: ZoneTable
    ) throws(FactProblem) -> Event {
        try checkID(id)
        guard let declaration = event(command: name) else {
            throw FactProblem(
                .unknownEvent(name: name, similar: Similarity.nearest(to: name, in: events.names)))
        }
        guard let effective = TimeText.instant(time, in: zone) else {
            throw FactProblem(.malformedTime(time))
        }
        var typed: [String: Value] = [:]
        for fieldName in fields.keys.sorted() {
            guard let field = declaration.fields[fieldName], let raw = fields[fieldName] else {
                throw FactProblem(
                    .unknownField(
                        name: fieldName, event: declaration.name,
                        similar: Similarity.nearest(to: fieldName, in: declaration.fields.names)))
            }
            typed[fieldName] = try value(raw, as: field.type, name: fieldName, zone: zone)
        }
        for field in declaration.fields where !field.isOptional && typed[field.name] == nil {
            throw FactProblem(.missingField(name: field.name, event: declaration.name))
        }
        return Event(id: id, name: declaration.name, effective: effective, fields: typed)
    }

    /// Types one value, or says why it doesn't fit.
    public func value(
        _ raw: RawValue, as type: ValueType, name: String, zone: ZoneTable
    ) throws(FactProblem) -> Value {
        let similar: String?
        var possible: [String] = []
        if case .enumeration(let enumeration) = type {
            let cases = enumerations[enumeration]?.cases ?? []
            let text = raw.text
            possible = cases.map(\.name)
            // A label is what people see; data uses the name beside it.
            similar =
                cases.first { $0.label == text }?.name
                ?? Similarity.nearest(to: text, in: possible)
        } else {
            similar = nil
        }
        let wrong = FactProblem(
            .wrongType(
                name: name, value: raw.text, expected: type, similar: similar, possible: possible))
        switch (type, raw) {
        case (.set(let member), .list(let values)):
            var members: [Value] = []
            for value in values {
                members.append(try self.value(value, as: member, name: name, zone: zone))
            }
            return .set(of: members)
        case (.set(let member), _):
            return .set([try value(raw, as: member, name: name, zone: zone)])
        case (.boolean, .boolean(let boolean)): return .boolean(boolean)
        case (.boolean, .text("true")): return .boolean(true)
        case (.boolean, .text("false")): return .boolean(false)
        case (.integer, .integer(let number)): return .integer(number)
        case (.integer, .text(let text)):
            guard let number = Int64(text) else { throw wrong }
            return .integer(number)
        case (.text, .text(let text)): return .text(text)
        case (.instant, .text(let text)):
            guard let instant = TimeText.instant(text, in: zone) else { throw wrong }
            return .instant(instant)
        case (.date, .text(let text)):
            guard let date = TimeText.date(text) else { throw wrong }
            return .instant(zone.start(of: date))
        case (.lastDay, .text(let text)):
            guard let date = TimeText.date(text) else { throw wrong }
            return .instant(zone.start(of: date.advanced(byDays: 1)))
        case (.enumeration(let enumeration), .text(let text)):
            guard enumerations[enumeration]?.rank(of: text) != nil else { throw wrong }
            return .symbol(text)
        case (.entity(let kind), .text(let text)):
            try checkID(text)
            return .entity(EntityID(kind: rootKind(of: kind), name: text))
        default: throw wrong
        }
    }

    /// Types the attributes of an entity or record of `kind`.
    public func attributes(
        _ raw: [String: RawValue], of kind: String, zone: ZoneTable
    ) throws(FactProblem) -> [String: Value] {
        guard let declaration = kinds[kind] else {
            throw FactProblem(
                .unknownKind(name: kind, similar: Similarity.nearest(to: kind, in: kinds.names)))
        }
        var typed: [String: Value] = [:]
        for name in raw.keys.sorted() {
            guard let attribute = declaration.attributes[name], let value = raw[name] else {
                throw FactProblem(
                    .unknownAttribute(
                        name: name, kind: kind,
                        similar: Similarity.nearest(to: name, in: declaration.attributes.names)))
            }
            typed[name] = try self.value(value, as: attribute.type, name: name, zone: zone)
        }
        return typed
    }

    /// Refuses an id that is empty, too long, or holds a character without a shape: such an id would look
    /// like another.
    public func checkID(_ id: String) throws(FactProblem) {
        let isWellFormed =
            !id.isEmpty && id.utf8.count <= Vocabulary.longestID
            && id.unicodeScalars.allSatisfy { scalar in
                if scalar.isASCII { return (" "..."~").contains(scalar) }
                guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
                return switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
                default: true
                }
            }
        guard isWellFormed else { throw FactProblem(.malformedID(id)) }
    }
}

extension ValueType {
    /// The kind referred to, where this is a reference.
    package var entityKind: String? {
        guard case .entity(let kind) = self else { return nil }
        return kind
    }

    /// The type of the members, where this is a set.
    package var memberType: ValueType? {
        guard case .set(let member) = self else { return nil }
        return member
    }
}
