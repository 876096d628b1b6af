import Facts
import Ledger

/// Entries for tests.
enum Samples {
    static let now = Instant(secondsSinceEpoch: 1_790_000_000)
    static let tanaka = EntityID(kind: "person", name: "tanaka")

    static func event(
        _ id: String, name: String = "transferred", at seconds: Int64 = 1_000,
        fields: [String: Value] = ["person": .entity(tanaka)]
    ) -> NewEntry {
        NewEntry(
            source: "hr",
            content: .event(
                Event(
                    id: id, name: name, effective: Instant(secondsSinceEpoch: seconds),
                    fields: fields)))
    }

    static func observation(
        _ name: String, source: String = "directory", _ attributes: [String: Value]?,
        owner: EntityID? = nil
    ) -> NewEntry {
        NewEntry(
            source: source,
            content: .observation(
                Observation(
                    entity: EntityID(kind: "person", name: name), kind: "person", owner: owner,
                    attributes: attributes, effective: Instant(secondsSinceEpoch: 5))))
    }
}

extension Ledger {
    /// The ids of the events as known.
    func eventIDs() throws -> [String] {
        try entries().compactMap { entry in
            guard case .event(let event) = entry.content else { return nil }
            return event.id
        }
    }
}
