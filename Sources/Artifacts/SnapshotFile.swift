package import DecisionEngine
import Foundation
package import PolicyProgram

/// Snapshots as files: what an engine answers from, mapped into memory and not read.
///
/// They are written to a new file that then takes the old one's name, so that whoever has mapped the old one keeps it.
package enum SnapshotFile {
    /// Writes an engine's snapshot to `path`, whole or not at all; only its owner may read it, since it holds all facts.
    ///
    /// - Throws: `.cannotWrite`.
    /// - Complexity: linear in its size.
    package static func write(_ image: SnapshotImage, to path: String) throws(ArtifactError) {
        do {
            try WholeFile.write(to: path, permissions: 0o600) { file throws(WholeFile.Failure) in
                try unsafe image.write { bytes throws(WholeFile.Failure) in
                    try unsafe file.write(bytes)
                }
            }
        } catch {
            throw .cannotWrite(path: path, system: error.message)
        }
    }

    /// Opens an engine on a snapshot.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - program: the policy it was made for.
    ///   - digest: names that policy.
    ///   - checking: when its bytes are looked at.
    /// - Returns: the engine, which keeps the file mapped.
    /// - Throws: `.cannotRead`, `.notASnapshot`.
    /// - Complexity: as `DecisionEngine.init(program:digest:snapshot:checking:)`.
    package static func open(
        _ path: String, program: Program, digest: ProgramDigest,
        checking: SnapshotChecking = .atOnce
    ) throws(ArtifactError) -> DecisionEngine {
        let bytes = try map(path)
        do {
            return try DecisionEngine(
                program: program, digest: digest, snapshot: bytes, checking: checking)
        } catch {
            throw .notASnapshot(path: path, error.reason)
        }
    }

    /// Maps a file into memory.
    ///
    /// - Throws: `.cannotRead`.
    /// - Complexity: constant.
    package static func map(_ path: String) throws(ArtifactError) -> SnapshotBytes {
        func failure() -> ArtifactError {
            .cannotRead(path: path, system: WholeFile.Failure.last().message)
        }
        let file = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure() }
        // A mapping outlives the descriptor it was made from.
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw failure() }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .cannotRead(path: path, system: "not a regular file")
        }
        let count = Int(status.st_size)
        guard count > 0 else { return SnapshotBytes(copying: []) }
        let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw failure() }
        nonisolated(unsafe) let mapped = unsafe memory
        return unsafe SnapshotBytes(
            borrowing: UnsafeRawBufferPointer(start: mapped, count: count)
        ) { unsafe _ = munmap(mapped, count) }
    }
}
