/// A field's value in an event.
enum EventValue: Sendable {
    case text(String)
    case flag(Bool)
    case list([String])
    /// The event does not have the field.
    case absent

    static func text(_ text: String?) -> EventValue {
        guard let text else { return .absent }
        return .text(text)
    }

    /// A last day, written as a date.
    static func day(_ day: Day?) -> EventValue {
        text(day?.text)
    }

    var json: String? {
        switch self {
        case .text(let text): JSON.string(text)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let list): JSON.list(list)
        case .absent: nil
        }
    }
}

/// Something that happened, its fields in the vocabulary's order.
struct Event: Sendable {
    let name: String
    let at: Moment
    let fields: KeyValuePairs<String, EventValue>
    /// The id of an event that the documentation names; the others are numbered.
    let id: String?

    func line(number: Int) -> String {
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, 5 - digits.count))
        var members = [
            (name: "id", json: JSON.string(id ?? "hr-\(at.day.civil.year)-\(padding)\(digits)")),
            (name: "event", json: JSON.string(name)),
            (name: "at", json: JSON.string(at.text)),
        ]
        for (field, value) in fields {
            if let json = value.json {
                members.append((name: field, json: json))
            }
        }
        return JSON.object(members) + "\n"
    }
}
