import Foundation

/// Files that are written whole or not at all.
package enum WholeFile {
    /// What the system said when something failed.
    package struct Failure: Error {
        /// In its words.
        package let message: String

        /// Takes the calling thread's last system error.
        static func last() -> Failure { Failure(message: unsafe String(cString: strerror(errno))) }
    }

    /// Replaces what `path` names with `bytes`: a new file beside it, on the disk before it takes the name.
    ///
    /// A symbolic link at `path` is itself replaced. Unless `mode` says otherwise the file may be read by all and
    /// written by its owner.
    package static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644
    ) throws(Failure) {
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent().path(percentEncoded: false)
        let draft = "\(folder)/.\(url.lastPathComponent).\(UUID().uuidString)"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure.last() }
        do throws(Failure) {
            try fill(file, with: bytes, mode: mode)
            guard unsafe rename(draft, path) == 0 else { throw Failure.last() }
        } catch {
            unsafe unlink(draft)
            throw error
        }
        try synchronize(folder: folder)
    }

    /// Fills, flushes and closes a new file.
    private static func fill(
        _ file: Int32, with bytes: [UInt8], mode: UInt32
    ) throws(Failure) {
        var isOpen = true
        defer { if isOpen { close(file) } }
        // The process's mask must not decide who may read the file; until then only its owner may.
        guard fchmod(file, mode) == 0 else { throw Failure.last() }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { rest in
                unsafe Foundation.write(file, rest.baseAddress, rest.count)
            }
            guard count >= 0 || errno == EINTR else { throw Failure.last() }
            written += max(count, 0)
        }
        guard fsync(file) == 0 else { throw Failure.last() }
        isOpen = false
        guard close(file) == 0 else { throw Failure.last() }
    }

    /// A name is on the disk once its folder is.
    private static func synchronize(folder: String) throws(Failure) {
        let handle = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw Failure.last() }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw Failure.last() }
    }

    /// The bytes of a file, as far as `mostBytes`.
    static func read(_ path: String, mostBytes: Int) throws(Failure) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure.last() }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < mostBytes {
            let wanted = min(piece.count, mostBytes - bytes.count)
            let count = unsafe piece.withUnsafeMutableBytes { room in
                unsafe Foundation.read(file, room.baseAddress, wanted)
            }
            if count == 0 { break }
            guard count > 0 || errno == EINTR else { throw Failure.last() }
            bytes += piece[..<max(count, 0)]
        }
        return bytes
    }
}
