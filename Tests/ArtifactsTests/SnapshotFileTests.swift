import Artifacts
import DecisionEngine
import Facts
import Foundation
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("Snapshot files")
struct SnapshotFileTests {
    private static let policy = """
        policy small version "1" zone "UTC"
        entity person { }
        entity resource { readers set of person }
        entity document is resource { }
        action view on document
        permit reading: view on document when subject in resource.readers
        """

    private static let now = Instant(secondsSinceEpoch: 1_800_000_000)

    /// An engine for so many people, one of whom may read the plan.
    private func engine(people: Int = 3) throws -> DecisionEngine {
        let policy = try #require(Fixtures.read(Self.policy).policy)
        var entries: [LedgerEntry] = []
        func state(_ root: String, _ kind: String, _ name: String, _ attributes: [String: Value]) {
            entries.append(
                LedgerEntry(
                    sequence: Int64(entries.count + 1), source: "list",
                    content: .observation(
                        Observation(
                            entity: EntityID(kind: root, name: name), kind: kind,
                            attributes: attributes, effective: .distantPast))))
        }
        for place in 0..<people { state("person", "person", "p\(place)", [:]) }
        let reader = Value.entity(EntityID(kind: "person", name: "p1"))
        state("resource", "document", "plan", ["readers": .set([reader])])
        let program = try PolicyCompiler.compile(policy)
        return DecisionEngine(
            program: program,
            facts: Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: .utc).facts,
            digest: ProgramDigest(of: program), preparedSince: Self.now)
    }

    private func readers(_ engine: DecisionEngine) -> [String] {
        engine.whoCan("view", "plan", at: Self.now).map(\.name)
    }

    private func error(opening path: String, as engine: DecisionEngine) -> ArtifactError? {
        do {
            _ = try SnapshotFile.open(path, program: engine.program, digest: engine.digest)
            return nil
        } catch {
            return error
        }
    }

    @Test("are opened with the same answers, and read by nobody but their owner")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("company.snapshot")
        let engine = try engine(people: 3_000)
        let image = try #require(engine.snapshotImage())
        try SnapshotFile.write(image, to: path)
        for checking in [SnapshotChecking.atOnce, .touching] {
            let opened = try SnapshotFile.open(
                path, program: engine.program, digest: engine.digest, checking: checking)
            #expect(readers(opened) == ["p1"])
            #expect(opened.sequence == engine.sequence)
        }
        #expect(try folder.read("company.snapshot") == image.bytes)
        #expect(try folder.names() == ["company.snapshot"])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("stay what they are for whoever has opened them, when another takes their name")
    func stayWhatTheyAre() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("company.snapshot")
        let engine = try engine()
        try SnapshotFile.write(try #require(engine.snapshotImage()), to: path)
        let opened = try SnapshotFile.open(
            path, program: engine.program, digest: engine.digest, checking: .touching)
        let other = try self.engine(people: 1)
        try SnapshotFile.write(try #require(other.snapshotImage()), to: path)
        #expect(readers(opened) == ["p1"])
        let again = try SnapshotFile.open(path, program: engine.program, digest: engine.digest)
        #expect(again.sequence == other.sequence)
    }

    @Test("are refused where they are none, damaged, cut off or for another program")
    func refused() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("company.snapshot")
        let engine = try engine()
        try SnapshotFile.write(try #require(engine.snapshotImage()), to: path)
        let bytes = try folder.read("company.snapshot")

        func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }
        try put([])
        #expect(error(opening: path, as: engine) == .notASnapshot(path: path, .notASnapshot))
        try put(Array(bytes.dropLast()))
        #expect(
            error(opening: path, as: engine)
                == .notASnapshot(
                    path: path,
                    .wrongLength(found: bytes.count - 1, written: UInt64(bytes.count))))
        var damaged = bytes
        damaged[bytes.count - 1] ^= 1
        try put(damaged)
        guard case .notASnapshot(_, .damaged) = error(opening: path, as: engine) else {
            Issue.record("damage was not seen")
            return
        }
        try put(bytes)
        #expect(error(opening: path, as: engine) == nil)
        let wrong = DecisionEngine(
            program: engine.program,
            facts: Fold.facts(from: [], vocabulary: engine.program.vocabulary, zone: .utc).facts,
            digest: ProgramDigest(hexadecimal: "00"))
        #expect(
            error(opening: path, as: wrong)
                == .notASnapshot(path: path, .otherProgram(found: engine.digest.description)))
    }

    @Test("must be files")
    func mustBeFiles() throws {
        let folder = try TemporaryFolder()
        let engine = try engine()
        for path in [folder.path("."), folder.path("nowhere")] {
            guard case .cannotRead = error(opening: path, as: engine) else {
                Issue.record("\(path) was read")
                continue
            }
        }
        #expect(throws: ArtifactError.self) {
            try SnapshotFile.write(
                try #require(engine.snapshotImage()), to: folder.path("nowhere/s"))
        }
    }
}
