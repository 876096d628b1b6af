package import Facts

/// A value in JSON: numbers and booleans as they are, all else as text, sets as lists.
package enum ValueJSON: Encodable, Sendable {
    case boolean(Bool)
    case integer(Int64)
    case text(String)
    case list([ValueJSON])

    /// The value of a fact.
    package init(_ value: Value, zone: ZoneTable) {
        switch value {
        case .boolean(let boolean): self = .boolean(boolean)
        case .integer(let number): self = .integer(number)
        case .text(let text), .symbol(let text): self = .text(text)
        case .instant(let instant): self = .text(TimeText.rfc3339(instant, in: zone))
        case .entity(let id): self = .text(id.name)
        case .set(let members): self = .list(members.map { ValueJSON($0, zone: zone) })
        }
    }

    /// Writes the value without any wrapping.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .boolean(let boolean): try container.encode(boolean)
        case .integer(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let members): try container.encode(members)
        }
    }
}

/// When something begins and ends; what is not there is open.
package struct IntervalJSON: Encodable, Sendable {
    let from: String?
    let until: String?

    package init(_ interval: Interval, zone: ZoneTable) {
        from =
            interval.from == .distantPast ? nil : TimeText.rfc3339(interval.from, in: zone)
        until =
            interval.until == .distantFuture ? nil : TimeText.rfc3339(interval.until, in: zone)
    }
}
