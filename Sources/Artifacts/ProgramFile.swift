package import DecisionEngine
import Foundation
package import PolicyProgram

/// Programs as files: the encoded form, whose SHA-256 digest is the program's.
package enum ProgramFile {
    /// The largest file that is read.
    package static let mostBytes = 64 << 20

    /// Writes `program` to `path`, whole or not at all.
    ///
    /// Once this returns, a crash leaves the new program there; if it throws, what was there before remains.
    ///
    /// - Throws: `.cannotWrite`.
    /// - Complexity: linear in the size of the program.
    package static func write(_ program: Program, to path: String) throws(ArtifactError) {
        let bytes = program.encoded()
        guard bytes.count <= mostBytes else {
            throw .tooLarge(path: path, mostBytes: mostBytes)
        }
        do {
            try WholeFile.write(bytes, to: path)
        } catch {
            throw .cannotWrite(path: path, system: error.message)
        }
    }

    /// Reads a program that is safe to run, and the digest that names it.
    ///
    /// - Throws: every `ArtifactError` but `.cannotWrite`.
    /// - Complexity: linear in the size of the file.
    package static func read(from path: String) throws(ArtifactError) -> (Program, ProgramDigest) {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path, mostBytes: mostBytes + 1)
        } catch {
            throw .cannotRead(path: path, system: error.message)
        }
        guard bytes.count <= mostBytes else { throw .tooLarge(path: path, mostBytes: mostBytes) }
        return try program(from: bytes, path: path)
    }

    /// The program that a file's bytes hold, and the digest that names it.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: the file, for what there is to say of it.
    /// - Returns: the program and its digest.
    /// - Throws: `.notAProgram`, `.notCanonical`.
    /// - Complexity: linear in the number of bytes.
    package static func program(
        from bytes: [UInt8], path: String
    ) throws(ArtifactError) -> (Program, ProgramDigest) {
        let program: Program
        do {
            program = try ProgramTables(decoding: bytes).verified()
        } catch {
            throw .notAProgram(path: path, error.reason)
        }
        guard program.encoded() == bytes else { throw .notCanonical(path: path) }
        return (program, ProgramDigest(ofEncoded: bytes))
    }
}
