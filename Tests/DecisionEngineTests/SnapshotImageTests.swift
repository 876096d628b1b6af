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
}
