import Facts
import PolicyLanguage
import TestSupport

/// A company in which most documents differ in one thing, and what can happen in it.
extension PartitionComparisonTests {
    static let departments = 6
    static let projects = 4
    static let people = 5
    static let documents = 24

    func entries(
        _ contents: [LedgerEntry.Content], vocabulary policy: CheckedPolicy
    ) -> FactBase {
        let entries = contents.enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "test", content: $1)
        }
        return Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
    }

    static func day(_ day: Int) -> Instant {
        Instant(secondsSinceEpoch: Int64(day) * 86_400)
    }

    static func id(_ kind: String, _ place: Int) -> EntityID {
        EntityID(kind: kind, name: "\(kind.prefix(1))\(place)")
    }

    static func stated(
        _ entity: EntityID, kind: String, owner: EntityID? = nil,
        _ attributes: [String: Value] = [:], at effective: Instant = .distantPast
    ) -> LedgerEntry.Content {
        .observation(
            Observation(
                entity: entity, kind: kind, owner: owner, attributes: attributes,
                effective: effective))
    }

    static func some(
        _ kind: String, of count: Int, most: Int, _ random: inout SplitMix64
    ) -> Value {
        Value.set(
            of: (0..<random.below(most + 1)).map { _ in .entity(id(kind, random.below(count))) })
    }

    static func department(_ random: inout SplitMix64) -> Value {
        .entity(id("department", random.below(departments)))
    }

    static func document(
        _ place: Int, at effective: Instant, _ random: inout SplitMix64
    ) -> LedgerEntry.Content {
        // Most of them differ in one thing, so that many are alike but for that.
        var attributes: [String: Value] = ["tier": .symbol("internal")]
        switch random.below(5) {
        case 0, 1: attributes["owner"] = department(&random)
        case 2: attributes["projects"] = some("project", of: projects, most: 3, &random)
        case 3: attributes["reviewers"] = some("person", of: people, most: 2, &random)
        default:
            attributes["tier"] = .symbol(["open", "internal", "secret"][random.below(3)])
            attributes["owner"] = department(&random)
            attributes["projects"] = some("project", of: projects, most: 2, &random)
            attributes["steward"] = department(&random)
            if random.below(4) == 0 { attributes["review-on"] = .instant(day(random.below(60))) }
        }
        return stated(id("resource", place), kind: "document", attributes, at: effective)
    }

    static func record(_ place: Int, _ random: inout SplitMix64) -> LedgerEntry.Content {
        let owner = id("person", random.below(people))
        let from = day(random.below(40))
        switch random.below(5) {
        case 0:
            return stated(
                EntityID(kind: "alarm", name: "x\(place)"), kind: "alarm",
                owner: id("department", random.below(departments)),
                ["items": some("resource", of: documents, most: 2, &random)], at: from)
        case 1:
            return stated(
                EntityID(kind: "membership", name: "x\(place)"), kind: "membership", owner: owner,
                ["project": .entity(id("project", random.below(projects)))], at: from)
        case 2:
            return stated(
                EntityID(kind: "assignment", name: "x\(place)"), kind: "assignment", owner: owner,
                ["items": some("resource", of: documents, most: 3, &random)], at: from)
        case 3:
            return stated(
                EntityID(kind: "notice", name: "x\(place)"), kind: "notice", owner: owner, at: from)
        default:
            return stated(
                EntityID(kind: "embargo", name: "x\(place)"), kind: "embargo",
                owner: id("resource", random.below(documents)), at: from)
        }
    }

    static func basics(_ random: inout SplitMix64) -> [LedgerEntry.Content] {
        var contents = [stated(id("organisation", 0), kind: "organisation")]
        for place in 0..<departments {
            // Up to an earlier one, so that there are no circles; one of them for a time only.
            let parents: Value =
                place == 0
                ? .set([]) : Value.set(of: [.entity(id("department", random.below(place)))])
            contents.append(
                stated(
                    id("department", place), kind: "department", ["parents": parents],
                    at: random.below(6) == 0 ? day(random.below(30)) : .distantPast))
        }
        for place in 0..<projects {
            contents.append(
                stated(
                    id("project", place), kind: "project",
                    random.below(3) == 0 ? [:] : ["sponsor": department(&random)]))
        }
        for place in 0..<people {
            contents.append(stated(id("person", place), kind: "person"))
            contents.append(
                .event(
                    Event(
                        id: "join\(place)", name: "joined", effective: day(0),
                        fields: [
                            "person": .entity(id("person", place)), "kind": .symbol("employee"),
                            "department": department(&random),
                            "role": .symbol(random.below(2) == 0 ? "engineer" : "manager"),
                        ])))
        }
        for place in 0..<documents { contents.append(document(place, at: .distantPast, &random)) }
        for place in 0..<6 {
            contents.append(document(place, at: day(random.below(50)), &random))
            contents.append(
                stated(
                    id("resource", documents - 1 - place), kind: "document",
                    ["reviewers": .set([])], at: day(10 + random.below(20))))
        }
        for place in 0..<6 { contents.append(record(place, &random)) }
        for _ in 0..<2 { contents.append(change(&random)) }
        return contents
    }

    static func change(_ random: inout SplitMix64) -> LedgerEntry.Content {
        let number = Int(random.next() >> 16)
        let person = id("person", random.below(people))
        let when = day(random.below(60))
        switch random.below(8) {
        case 0, 1, 2:
            return .event(
                Event(
                    id: "move\(number)", name: "transferred", effective: when,
                    fields: [
                        "person": .entity(person), "to": department(&random),
                        "role": .symbol(random.below(2) == 0 ? "engineer" : "manager"),
                    ]))
        case 3:
            return .event(
                Event(
                    id: "leave\(number)", name: "departed", effective: when,
                    fields: ["person": .entity(person)]))
        case 4: return document(random.below(documents + 2), at: when, &random)
        case 5:
            return stated(
                id("department", departments - 1), kind: "department",
                [
                    "parents": Value.set(of: [
                        .entity(id("department", random.below(departments - 1)))
                    ])
                ],
                at: when)
        case 6:
            return stated(
                id("project", random.below(projects)), kind: "project",
                ["sponsor": department(&random)], at: when)
        default: return record(number, &random)
        }
    }
}
