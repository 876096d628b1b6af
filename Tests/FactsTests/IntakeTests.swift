import Facts
import TestSupport
import Testing

@Suite("What is refused before it is recorded:")
struct IntakeTests {
    private func parents(_ names: [String]) -> [String: RawValue] {
        ["parents": .list(names.map(RawValue.text))]
    }

    @Test("a hierarchy that would lead back to itself, at any instant")
    func cycle() throws {
        var ledger = try TestLedger()
        try ledger.state("department", "cells", parents(["sales"]), at: "2026-01-01")
        try ledger.state("department", "sales", parents(["labs"]), at: "2026-01-01")
        let next = ledger.entries.count + 1
        // Only for the month of May.
        try ledger.state("department", "labs", parents(["cells"]), at: "2026-05-01")
        try ledger.state("department", "labs", parents([]), at: "2026-06-01")
        #expect(
            ledger.refused(from: next)
                == [.hierarchyCycle(EntityID(kind: "department", name: "cells"))])
    }

    @Test("but not one with several ways to the same place")
    func diamond() throws {
        var ledger = try TestLedger()
        try ledger.state("department", "cells", parents(["sales", "labs"]), at: "2026-01-01")
        try ledger.state("department", "sales", parents(["top"]), at: "2026-01-01")
        try ledger.state("department", "labs", parents(["top"]), at: "2026-01-01")
        try ledger.state("department", "top", at: "2026-01-01")
        #expect(ledger.refused(from: 1) == [])
    }

    @Test("a department above itself")
    func aboveItself() throws {
        var ledger = try TestLedger()
        let next = ledger.entries.count + 1
        try ledger.state("department", "labs", parents(["labs"]), at: "2026-01-01")
        #expect(
            ledger.refused(from: next)
                == [.hierarchyCycle(EntityID(kind: "department", name: "labs"))])
    }

    @Test("a reference to somebody nobody has spoken of")
    func unknownEntity() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let next = ledger.entries.count + 1
        try ledger.happen(
            "transferred", "move", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("nowhere")])
        #expect(
            ledger.refused(from: next)
                == [.unknownEntity(EntityID(kind: "department", name: "nowhere"))])
    }

    @Test("an event about a person who does not exist yet")
    func notYet() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let next = ledger.entries.count + 1
        try ledger.happen(
            "leave-started", "early", at: "2020-03-31", ["person": .text("tanaka")])
        #expect(
            ledger.refused(from: next) == [.doesNotExist(EntityID(kind: "person", name: "tanaka"))])
        #expect(ledger.records("leave").isEmpty)
    }

    @Test("what would end before it begins")
    func endsBeforeItBegins() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let next = ledger.entries.count + 1
        try ledger.happen(
            "leave-started", "leave", at: "2026-07-01",
            ["person": .text("tanaka"), "until": .text("2026-06-30")])
        #expect(ledger.refused(from: next) == [.endsBeforeItBegins(name: "leave")])
        #expect(ledger.records("leave").isEmpty)
    }

    @Test("a correction of an event nobody has recorded")
    func unknownEventID() throws {
        var ledger = try TestLedger()
        let next = ledger.entries.count + 1
        ledger.void("nothing")
        #expect(ledger.refused(from: next) == [.unknownEventID("nothing")])
    }

    @Test("and what was wrong before is not reported again")
    func notAgain() throws {
        var ledger = try TestLedger()
        ledger.void("nothing")
        let next = ledger.entries.count + 1
        try ledger.joined()
        #expect(ledger.refused(from: next) == [])
    }

    // MARK: Typing

    private func problem(
        _ name: String, id: String = "e", at time: String = "2026-04-01",
        _ fields: [String: RawValue]
    ) throws -> FactProblem.Reason? {
        let vocabulary = try #require(TestLedger.vocabulary)
        do throws(FactProblem) {
            _ = try vocabulary.event(
                id: id, name: name, at: time, fields: fields, zone: Fixtures.tokyo)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("an event or a field the vocabulary lacks, with the name that was meant")
    func unknownNames() throws {
        #expect(
            try problem("transfered", [:])
                == .unknownEvent(name: "transfered", similar: "transferred"))
        #expect(
            try problem("departed", ["persn": .text("tanaka")])
                == .unknownField(name: "persn", event: "departed", similar: "person"))
    }

    @Test("a field that is missing")
    func missing() throws {
        #expect(
            try problem("transferred", ["person": .text("tanaka")])
                == .missingField(name: "to", event: "transferred"))
    }

    @Test("a value of the wrong type, with the case that was meant")
    func wrongType() throws {
        #expect(
            try problem("joined", ["person": .text("tanaka"), "kind": .text("employe")])
                == .wrongType(
                    name: "kind", value: "employe", expected: .enumeration("engagement-kind"),
                    similar: "employee",
                    possible: [
                        "officer", "employee", "dispatched", "secondee", "contractor", "student",
                        "partner-staff",
                    ]))
        #expect(
            try problem(
                "leave-started",
                ["person": .text("tanaka"), "until": .text("2026-09-30T09:00")])
                == .wrongType(
                    name: "until", value: "2026-09-30T09:00", expected: .lastDay, similar: nil,
                    possible: []))
    }

    @Test("a time that is none, and an id that is none")
    func malformed() throws {
        #expect(
            try problem("departed", at: "1 April", ["person": .text("tanaka")])
                == .malformedTime("1 April"))
        #expect(try problem("departed", ["person": .text("")]) == .malformedID(""))
        #expect(try problem("departed", ["person": .text("a\u{7}")]) == .malformedID("a\u{7}"))
        #expect(try problem("departed", id: "", ["person": .text("tanaka")]) == .malformedID(""))
        #expect(try problem("depart", ["person": .text("tanaka")]) == nil)
    }
}
