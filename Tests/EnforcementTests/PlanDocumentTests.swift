import DecisionEngine
import Enforcement
import Facts
import Foundation
import Lifecycle
import TestSupport
import Testing

@Suite("A plan for other systems")
struct PlanDocumentTests {
    private let plan = Plan(
        rows: [
            Plan.Row(
                change: .restrict, subject: EntityID(kind: "person", name: "=cmd"),
                actions: ["edit", "view"],
                resources: [
                    EntityID(kind: "resource", name: "a,\"b\""),
                    EntityID(kind: "resource", name: "c"),
                ],
                interval: Interval(
                    from: Instant(secondsSinceEpoch: 0), until: .distantFuture),
                before: ["unit"], after: ["unit"], inTheWay: ["travel"], lacking: ["pledged"],
                events: ["e"],
                remaining: [["device.kind": .symbol("travel")]])
        ], from: Instant(secondsSinceEpoch: 0),
        groups: [
            Plan.GroupChange(
                change: .leave, group: "cn=g,dc=example", action: "view",
                member: EntityID(kind: "person", name: "=cmd"),
                interval: Interval(from: Instant(secondsSinceEpoch: 0), until: .distantFuture),
                cites: ["3.1.8"])
        ])

    private func document(_ zone: ZoneTable) -> PlanDocument {
        PlanDocument(
            plan, rules: [], events: ["e"], program: ProgramDigest(hexadecimal: "ab"), sequence: 7,
            zone: zone)
    }

    @Test("is CSV with a line for each action on each resource, safe to open in a spreadsheet")
    func csv() {
        let csv = document(.utc).csv
        #expect(
            csv == """
                change,subject,action,resource,from,until,before,after,in-the-way,lacking,cites,events,groups,duties\r
                restrict,'=cmd,edit,"a,""b""\",1970-01-01T00:00:00Z,,unit,unit,travel,pledged,,e,"cn=g,dc=example",\r
                restrict,'=cmd,edit,c,1970-01-01T00:00:00Z,,unit,unit,travel,pledged,,e,"cn=g,dc=example",\r
                restrict,'=cmd,view,"a,""b""\",1970-01-01T00:00:00Z,,unit,unit,travel,pledged,,e,"cn=g,dc=example",\r
                restrict,'=cmd,view,c,1970-01-01T00:00:00Z,,unit,unit,travel,pledged,,e,"cn=g,dc=example",\r
                leave,'=cmd,,"cn=g,dc=example",1970-01-01T00:00:00Z,,,,,,,,,\r

                """)
    }

    @Test("is JSON that says what remains, and leaves out an end that isn't known")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(document(Fixtures.tokyo))
        let text = String(decoding: data, as: UTF8.self)
        #expect(
            text
                == #"{"duties":[],"events":["e"],"from":"1970-01-01T09:00:00+09:00","groups":[{"change":"leave","cites":["3.1.8"],"from":"1970-01-01T09:00:00+09:00","group":"cn=g,dc=example","member":"=cmd"}],"program":"ab","rows":[{"actions":["edit","view"],"after":["unit"],"before":["unit"],"change":"restrict","cites":[],"duties":[],"events":["e"],"from":"1970-01-01T09:00:00+09:00","groups":["cn=g,dc=example"],"inTheWay":["travel"],"lacking":["pledged"],"remaining":[{"device.kind":"travel"}],"resources":["a,\"b\"","c"],"subject":"=cmd"}],"sequence":7}"#
        )
    }
}
