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
    /// A symbolic link at `path` is itself replaced. `permissions` say who may do what with the file; unless said, all may
    /// read it and its owner write it.
    package static func write(
        _ bytes: [UInt8], to path: String, permissions: UInt32 = 0o644
    ) throws(Failure) {
        try write(to: path, permissions: permissions) { file throws(Failure) in
            try unsafe bytes.withUnsafeBufferPointer { bytes throws(Failure) in
                try unsafe file.write(UnsafeRawBufferPointer(bytes))
            }
        }
    }

    /// The same for what comes piece by piece.
    package static func write(
        to path: String, permissions: UInt32 = 0o644,
        _ contents: (inout Draft) throws(Failure) -> Void
    ) throws(Failure) {
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent().path(percentEncoded: false)
        let draft = "\(folder)/.\(url.lastPathComponent).\(UUID().uuidString)"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure.last() }
        do throws(Failure) {
            try fill(file, permissions: permissions, contents)
            guard unsafe rename(draft, path) == 0 else { throw Failure.last() }
        } catch {
            unsafe unlink(draft)
            throw error
        }
        try synchronize(folder: folder)
    }

    /// A new file while it is being filled.
    package struct Draft {
        /// What is handed to the system at once.
        private static let most = 1 << 20
        private let file: Int32
        private var waiting: [UInt8] = []

        fileprivate init(_ file: Int32) { self.file = file }

        /// Adds bytes.
        package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
            guard bytes.count < Draft.most / 4 else {
                try flush()
                return try unsafe put(bytes)
            }
            unsafe waiting.append(contentsOf: bytes)
            if waiting.count >= Draft.most { try flush() }
        }

        fileprivate mutating func flush() throws(Failure) {
            try unsafe waiting.withUnsafeBufferPointer { bytes throws(Failure) in
                try unsafe put(UnsafeRawBufferPointer(bytes))
            }
            waiting.removeAll(keepingCapacity: true)
        }

        private func put(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
            var rest = unsafe bytes
            while rest.count > 0 {
                let count = unsafe Foundation.write(file, rest.baseAddress, rest.count)
                guard count >= 0 || errno == EINTR else { throw Failure.last() }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[max(count, 0)...])
            }
        }
    }

    /// Fills, flushes and closes a new file.
    private static func fill(
        _ file: Int32, permissions: UInt32,
        _ contents: (inout Draft) throws(Failure) -> Void
    ) throws(Failure) {
        var isOpen = true
        defer { if isOpen { close(file) } }
        // The process's mask must not decide who may read the file.
        guard fchmod(file, mode_t(permissions)) == 0 else { throw Failure.last() }
        var draft = Draft(file)
        try contents(&draft)
        try draft.flush()
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
