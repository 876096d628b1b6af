import Artifacts
import DecisionEngine
import Foundation
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("Program files")
struct ProgramFileTests {
    /// A policy with a bit of everything that a program can hold, and little of it.
    private static let policy = """
        policy small version "1" zone "Asia/Tokyo"
        entity person { name text }
        entity resource { secret boolean default false }
        action view on resource
        record post of person as posts { rank integer default 1 }
        permit reading: view on resource when some p in subject.posts where p.rank >= 2
          because ja "x" en "y"
        """

    private func small() throws -> Program {
        let result = Fixtures.read(Self.policy)
        return try PolicyCompiler.compile(try #require(result.policy, "\(result.diagnostics)"))
    }

    private func read(_ bytes: [UInt8]) -> Result<(Program, ProgramDigest), ArtifactError> {
        Result { () throws(ArtifactError) in try ProgramFile.program(from: bytes, path: "p") }
    }

    @Test("what was written is read again, under the same digest")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("aoba.program")
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        let program = try PolicyCompiler.compile(policy)
        try ProgramFile.write(program, to: path)
        let (again, digest) = try ProgramFile.read(from: path)
        #expect(again.encoded() == program.encoded())
        #expect(digest == ProgramDigest(of: program))
        #expect(digest.description.count == 64)
        #expect(try folder.read("aoba.program") == program.encoded())
        #expect(try folder.names() == ["aoba.program"])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
    }

    @Test("the digest is SHA-256")
    func digest() throws {
        // As `printf abc | sha256sum` has it; the digest of a program is that of its file.
        let folder = try TemporaryFolder()
        let program = try small()
        try ProgramFile.write(program, to: folder.path("p"))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sha256sum", folder.path("p")]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text.hasPrefix("\(ProgramDigest(of: program)) "))
    }

    @Test("writing replaces what was there, and failing to leaves it")
    func replace() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("old".utf8), to: "p")
        let program = try small()
        try ProgramFile.write(program, to: path)
        #expect(try folder.read("p") == program.encoded())

        _ = try folder.write([1], to: "file")
        for path in [folder.path("file/p"), folder.path("nowhere/p")] {
            #expect {
                try ProgramFile.write(program, to: path)
            } throws: { error in
                guard case .cannotWrite(path, let system) = error as? ArtifactError else {
                    return false
                }
                return !system.isEmpty
            }
        }
        try FileManager.default.createDirectory(
            atPath: folder.path("folder"), withIntermediateDirectories: false)
        #expect(throws: ArtifactError.self) {
            try ProgramFile.write(program, to: folder.path("folder"))
        }
        #expect(try folder.names() == ["file", "folder", "p"], "no draft is left behind")
    }

    @Test("what is no program says why")
    func refused() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write(Array("policy aoba".utf8), to: "text")
        #expect(throws: ArtifactError.notAProgram(path: text, .notAProgram)) {
            try ProgramFile.read(from: text)
        }
        #expect(throws: ArtifactError.self) { try ProgramFile.read(from: folder.path("none")) }
        #expect(throws: ArtifactError.self) { try ProgramFile.read(from: folder.path("")) }
        var other = try small().encoded()
        other[8] = 9
        let path = try folder.write(other, to: "other")
        #expect(throws: ArtifactError.notAProgram(path: path, .otherVersion)) {
            try ProgramFile.read(from: path)
        }
        let long = try folder.write(try small().encoded() + [0], to: "long")
        #expect(throws: ArtifactError.notAProgram(path: long, .wrongLength)) {
            try ProgramFile.read(from: long)
        }
    }

    @Test("a file too large is not read to its end")
    func tooLarge() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([], to: "large")
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: UInt64(ProgramFile.mostBytes) * 1_000)
        try file.close()
        #expect(throws: ArtifactError.tooLarge(path: path, mostBytes: ProgramFile.mostBytes)) {
            try ProgramFile.read(from: path)
        }
    }

    @Test("a program cut off anywhere is refused")
    func truncated() throws {
        let bytes = try small().encoded()
        for length in 0..<bytes.count {
            guard case .failure(.notAProgram) = read(Array(bytes[..<length])) else {
                Issue.record("cut to \(length) bytes it is read")
                return
            }
        }
    }

    @Test("bytes that mean the same but are not those that are written are refused")
    func notCanonical() throws {
        let folder = try TemporaryFolder()
        var bytes = try small().encoded()
        // The two reasons, one after the other in order of language; each a length and a text, twice.
        let english: [UInt8] = [2, 0, 0, 0] + Array("en".utf8) + [1, 0, 0, 0] + Array("y".utf8)
        let japanese: [UInt8] = [2, 0, 0, 0] + Array("ja".utf8) + [1, 0, 0, 0] + Array("x".utf8)
        let place = try #require(bytes.firstRange(of: english + japanese))
        bytes.replaceSubrange(place, with: japanese + english)
        #expect(throws: Never.self) { try ProgramTables(decoding: bytes).verified() }
        let path = try folder.write(bytes, to: "swapped")
        #expect(throws: ArtifactError.notCanonical(path: path)) { try ProgramFile.read(from: path) }
    }

    @Test("changed bytes are refused or give a sound program of another name")
    func changed() throws {
        let program = try small()
        let bytes = program.encoded()
        let digest = ProgramDigest(of: program)
        var random = SplitMix64(seed: 20_261_101)
        var refused = 0
        var read = 0
        for _ in 0..<4_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = changed[place] ^ UInt8.random(in: 1...255, using: &random)
            }
            guard changed != bytes else { continue }
            switch self.read(changed) {
            case .failure: refused += 1
            case .success((let other, let name)):
                read += 1
                #expect(other.encoded() == changed)
                #expect(name != digest)
            }
        }
        #expect(refused > 500)
        #expect(read > 100)
    }
}
