import DecisionEngine
import Facts
import PolicyProgram
import TestSupport
import Testing

@Suite("A snapshot file's bytes")
struct SnapshotImageTests {
    private let laboratory: Laboratory
    private let engine: DecisionEngine
    private let bytes: [UInt8]

    init() throws {
        laboratory = try Laboratory()
        engine = laboratory.engine(guests: ["guest"])
        bytes = try #require(engine.snapshotImage()).bytes
    }

    private func open(
        _ bytes: [UInt8], checking: SnapshotChecking = .atOnce, digest: ProgramDigest? = nil
    ) throws(SnapshotFormatError) -> DecisionEngine {
        try DecisionEngine(
            program: engine.program, digest: digest ?? engine.digest,
            snapshot: SnapshotBytes(copying: bytes), checking: checking)
    }

    private func reason(_ bytes: [UInt8]) -> SnapshotFormatError.Reason? {
        do {
            _ = try open(bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    /// Everything there is to ask about.
    private static func answers(_ engine: DecisionEngine) -> [String] {
        var evaluator = engine.evaluator()
        var answers: [String] = ["\(engine.sequence)"]
        for day in ["2026-04-01T12:00", "2026-05-02", "2026-08-01"] {
            let time = Laboratory.instant(day)
            for subject in ["ito", "sato", "guest", "nobody"] {
                for action in ["view", "print"] {
                    for resource in ["plan", "recipe"] {
                        let request = Request(
                            subject: subject, action: action, resource: resource,
                            context: ["device.kind": .symbol("managed")], at: time)
                        answers.append("\(evaluator.decision(on: request))")
                        answers.append("\(engine.explain(request))")
                    }
                }
                answers.append("\(engine.whatCan(subject, "view", at: time))")
            }
            answers.append("\(engine.whoCan("view", "recipe", at: time))")
        }
        return answers
    }

    @Test("hold an engine with the same answers, checked at once or as touched")
    func holdTheSame() throws {
        let expected = SnapshotImageTests.answers(engine)
        for checking in [SnapshotChecking.atOnce, .touching] {
            let opened = try open(bytes, checking: checking)
            #expect(SnapshotImageTests.answers(opened) == expected)
            #expect(opened.snapshotImage()?.bytes == bytes)
        }
        #expect(expected.contains { $0.contains("permitted") })
    }

    @Test("hold facts alone, where nothing was worked out")
    func holdFactsAlone() throws {
        let bare = laboratory.engine(guests: ["guest"], preparedSince: nil)
        let image = try #require(bare.snapshotImage())
        #expect(image.byteCount == image.bytes.count)
        #expect(image.byteCount < bytes.count)
        #expect(
            SnapshotImageTests.answers(try open(image.bytes)) == SnapshotImageTests.answers(bare))
    }

    @Test("are those of handles that were resolved before")
    func keepHandles() throws {
        let opened = try open(bytes)
        let request = try #require(
            engine.resolve(
                Request(subject: "sato", action: "view", resource: "recipe", at: Laboratory.now)))
        var evaluator = opened.evaluator()
        #expect(evaluator.decide(request).isPermitted)
    }

    @Test("are written by no engine that changes were applied to")
    func areWrittenAsMade() throws {
        let changed = engine.applying(FactChange(sequence: 99, histories: [:]))
        #expect(changed.snapshotImage() == nil)
    }

    @Test("are refused cut off anywhere, or with something behind them")
    func refuseTruncated() throws {
        for length in stride(from: 0, to: bytes.count, by: 97) {
            let reason = reason(Array(bytes[..<length]))
            if length < 40 {
                #expect(reason == .notASnapshot)
            } else {
                #expect(
                    reason == .wrongLength(found: length, written: UInt64(bytes.count)))
            }
        }
        #expect(
            reason(bytes + [0])
                == .wrongLength(found: bytes.count + 1, written: UInt64(bytes.count)))
    }

    @Test("are refused with any bit wrong that means something")
    func refuseDamaged() throws {
        let expected = SnapshotImageTests.answers(engine)
        var refused = 0
        for place in bytes.indices where place % 3 == 0 || place < 1_024 {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place % 8)
            do {
                let opened = try open(damaged)
                // Between parts lies nothing.
                #expect(SnapshotImageTests.answers(opened) == expected, "byte \(place)")
            } catch {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 4)
    }

    @Test("are refused from an older or a newer product, another machine, for another program")
    func refuseOthers() throws {
        for (version, byte) in [(0, 0), (2, 2), (258, 1)] as [(UInt32, UInt8)] {
            var other = bytes
            other[8] = byte == 1 ? 2 : byte
            other[9] = byte == 1 ? 1 : 0
            #expect(reason(other) == .otherVersion(found: version, expected: 1))
        }
        var swapped = bytes
        swapped[12..<16].reverse()
        #expect(reason(swapped) == .otherMachine)
        #expect(reason([UInt8](repeating: 7, count: 4_096)) == .notASnapshot)
        #expect(throws: SnapshotFormatError.self) {
            try open(bytes, digest: ProgramDigest(hexadecimal: "11"))
        }
    }

    @Test("end the process where damage is touched that wasn't looked for")
    func endTheProcess() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let engine = try Laboratory().engine()
            var bytes = try #require(engine.snapshotImage()).bytes
            // The rows are the largest part of so little, and all zeros but for the first of them.
            let middle = bytes.count * 2 / 3
            for place in middle..<middle + 64 { bytes[place] ^= 0xFF }
            let opened = try DecisionEngine(
                program: engine.program, digest: engine.digest,
                snapshot: SnapshotBytes(copying: bytes), checking: .touching)
            _ = SnapshotImageTests.answers(opened)
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("damaged") && said.contains("piece"), "\(said)")
    }

    @Test("are not written anew over damage that nobody has looked for")
    func dontHideDamage() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let engine = try Laboratory().engine()
            var bytes = try #require(engine.snapshotImage()).bytes
            let middle = bytes.count * 2 / 3
            for place in middle..<middle + 64 { bytes[place] ^= 0xFF }
            let opened = try DecisionEngine(
                program: engine.program, digest: engine.digest,
                snapshot: SnapshotBytes(copying: bytes), checking: .touching)
            _ = opened.snapshotImage()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("damaged") && said.contains("piece"), "\(said)")
    }

    @Test("are refused for another program, although it goes by the same digest")
    func refuseAnotherProgram() throws {
        let other = try Laboratory(
            policy: Laboratory.policy.replacing("tier <= internal", with: "tier < internal"))
        #expect(throws: SnapshotFormatError.self) {
            try DecisionEngine(
                program: other.program, digest: engine.digest,
                snapshot: SnapshotBytes(copying: bytes))
        }
    }

    @Test("hold a text by its bytes, in whatever form")
    func holdTextsByTheirBytes() throws {
        let policy = """
            policy texts version "1" zone "UTC"
            entity person { }
            entity resource { label text }
            entity document is resource { }
            action view on document
            permit all: view on document when resource.label = "\u{30AC}"

            """
        let laboratory = try Laboratory(policy: policy)
        let composed = "\u{30AC}"
        let decomposed = "\u{30AB}\u{3099}"
        for (label, isPermitted) in [(composed, true), (decomposed, false)] {
            let facts = laboratory.fold([
                ("person", "person", "ito", [:]),
                ("resource", "document", "plan", ["label": .text(label)]),
            ])
            let engine = DecisionEngine(
                program: laboratory.program, facts: facts,
                digest: ProgramDigest(hexadecimal: "00"), preparedSince: Laboratory.now)
            let request = Request(
                subject: "ito", action: "view", resource: "plan", at: Laboratory.now)
            #expect(engine.decide(request).isPermitted == isPermitted)
            #expect(try engine.reopened().decide(request).isPermitted == isPermitted)
        }
    }

    @Test("can't be made of facts that are others each time they are gone through")
    func needTheSameFacts() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let laboratory = try Laboratory()
            let known = laboratory.facts(guests: []).histories
            let stream = FactStream(Changing(histories: known), sequence: 1)
            _ = DecisionEngine(
                program: laboratory.program, facts: stream,
                digest: ProgramDigest(hexadecimal: "00"))
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("histories have changed"), "\(said)")
    }

    @Test("are the same for facts that come one after another")
    func areTheSameForAStream() throws {
        let facts = laboratory.facts(guests: ["guest"])
        let stream = FactStream(
            facts.histories.lazy.map(\.self), sequence: facts.sequence, readings: facts.readings)
        let streamed = DecisionEngine(
            program: laboratory.program, facts: stream, digest: engine.digest,
            preparedSince: Laboratory.now)
        #expect(streamed.snapshotImage()?.bytes == bytes)
    }
}

/// Histories that lack the first one from the second time on.
private struct Changing: Sequence {
    private final class Passes {
        var count = 0
    }

    let histories: [EntityHistory]
    private let passes = Passes()

    init(histories: [EntityHistory]) { self.histories = histories }

    func makeIterator() -> some IteratorProtocol<EntityHistory> {
        passes.count += 1
        return histories.dropFirst(passes.count > 1 ? 1 : 0).makeIterator()
    }
}
