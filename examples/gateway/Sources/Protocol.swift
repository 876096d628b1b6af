import Foundation
import NeedToKnow

/// What may stand on a line.
///
///     can PERSON ACTION RESOURCE [NAME=VALUE …] [at TIME]
///     who ACTION RESOURCE [NAME=VALUE …] [at TIME]
///     event ID NAME on TIME [FIELD=VALUE …]
///     entity KIND ID [ATTRIBUTE=VALUE …]
///
/// A value with commas is a list, and no value at all an empty one.
enum Line {
    case can(subject: String, action: String, resource: String, Details)
    case who(action: String, resource: String, Details)
    case event(id: String, name: String, Details)
    case entity(kind: String, id: String, Details)

    /// What comes after the names: values as they are written, since only the policy knows their types.
    struct Details {
        var values: [String: RawValue] = [:]
        var time: String?
    }

    /// Reads a line.
    init(_ text: String) throws(Refusal) {
        // Names are compared by the code points of their normalisation form C, however they were typed.
        var words = text.precomposedStringWithCanonicalMapping.split(separator: " ")[...]
        switch words.popFirst() {
        case "can":
            self = .can(
                subject: try Self.take(&words, "the person"),
                action: try Self.take(&words, "the action"),
                resource: try Self.take(&words, "the resource"), try Self.rest(words, "at"))
        case "who":
            self = .who(
                action: try Self.take(&words, "the action"),
                resource: try Self.take(&words, "the resource"), try Self.rest(words, "at"))
        case "event":
            self = .event(
                id: try Self.take(&words, "the event's id"),
                name: try Self.take(&words, "the event"), try Self.rest(words, "on"))
        case "entity":
            self = .entity(
                kind: try Self.take(&words, "the kind"), id: try Self.take(&words, "the id"),
                try Self.rest(words, nil))
        case nil: throw Refusal("the line is empty")
        default: throw Refusal("a line begins with can, who, event or entity")
        }
    }

    private static func take(
        _ words: inout ArraySlice<Substring>, _ what: String
    ) throws(Refusal) -> String {
        guard let word = words.popFirst() else { throw Refusal("\(what) is missing") }
        return String(word)
    }

    private static func rest(
        _ words: ArraySlice<Substring>, _ timeWord: Substring?
    ) throws(Refusal) -> Details {
        var details = Details()
        var words = words
        while let word = words.popFirst() {
            // Said twice, it would be a guess which is meant.
            if let timeWord, word == timeWord {
                guard details.time == nil else { throw Refusal("the time is there twice") }
                details.time = try take(&words, "the time")
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw Refusal("\(quoted(word)) is no NAME=VALUE")
            }
            guard details.values.updateValue(raw(parts[1]), forKey: String(parts[0])) == nil else {
                throw Refusal("\(quoted(parts[0])) is there twice")
            }
        }
        return details
    }

    private static func raw(_ value: Substring) -> RawValue {
        guard value.isEmpty || value.contains(",") else { return .text(String(value)) }
        return .list(value.split(separator: ",").map { .text(String($0)) })
    }
}

/// Somebody else's words in ours: in quotation marks, with control characters as their numbers.
func quoted(_ text: some StringProtocol) -> String { String(text).debugDescription }

extension Decision {
    /// The decision as a line; what doesn't begin with `permit` is no permit.
    func text(in zone: ZoneTable) -> String {
        let until = validUntil.map { " until \(TimeText.rfc3339($0, in: zone))" } ?? ""
        let by = rules.isEmpty ? "" : " by \(rules.joined(separator: ", "))"
        switch basis {
        case .permitted:
            let duties = obligations.map { $0.text(in: zone) }.joined(separator: ", ")
            return "permit\(until)\(by)" + (duties.isEmpty ? "" : "; obligations: \(duties)")
        case .inTheWay: return "deny\(until)\(by)"
        case .noPermit: return "deny\(until) for want of a permit"
        case .unknownName: return "deny\(until): no such person, action or resource"
        }
    }
}

extension Obligation {
    fileprivate func text(in zone: ZoneTable) -> String {
        guard !parameters.isEmpty else { return name }
        let list = parameters.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.text(in: zone))" }
        return "\(name)(\(list.joined(separator: ", ")))"
    }
}

extension Value {
    fileprivate func text(in zone: ZoneTable) -> String {
        switch self {
        case .boolean(let boolean): String(boolean)
        case .integer(let number): String(number)
        case .text(let text): quoted(text)
        case .symbol(let name): name
        case .instant(let instant): TimeText.rfc3339(instant, in: zone)
        case .entity(let id): id.name
        case .set(let members):
            "{\(members.map { $0.text(in: zone) }.joined(separator: ", "))}"
        }
    }
}
