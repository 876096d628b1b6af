import Artifacts
import Diagnostics
import DiagnosticText
import Facts
import Foundation

/// A folder that other systems put files of events and entities into.
///
/// A file is taken whole, in order of name, and moved on: to `done`, or to `refused` with what was wrong with it beside it. Whoever
/// puts one there writes it elsewhere on the same file system, or under a name that begins with a dot, and renames it.
struct FeedFolder {
    /// A file as it was when it was looked at.
    struct File: Hashable {
        let path: String
        let device: UInt64
        let inode: UInt64
        let size: Int64
        /// When it was written last.
        let written: Instant
        /// And how many nanoseconds later.
        let nanoseconds: Int
    }

    let path: String

    /// The files that wait, in order of name.
    func waiting() throws -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw CommandFailure(
                .systemFailed, "the folder \(Visible.text(path)) can't be read",
                "フォルダー \(Visible.text(path)) を読めません")
        }
        return names.filter { name in
            !name.hasPrefix(".")
                && ["jsonl", "ndjson", "csv"].contains(
                    URL(filePath: name).pathExtension.lowercased())
        }.sorted().map { path + "/" + $0 }
    }

    /// A file's contents, and what it is.
    ///
    /// - Returns: nil for contents where it is no plain file: a pipe would hold us up, a link may lead anywhere.
    func read(_ file: String) throws -> (file: File, source: SourceText?) {
        let name = Visible.text(file)
        let descriptor = unsafe open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0 else {
            // A link is not followed.
            guard errno == ELOOP, unsafe lstat(file, &status) == 0 else {
                throw CommandFailure(
                    .systemFailed, "\(name) can't be read", "\(name) を読めません")
            }
            return (File(file, status), nil)
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw CommandFailure(.systemFailed, "\(name) can't be read", "\(name) を読めません")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return (File(file, status), nil) }
        do {
            let data = try handle.read(upToCount: FileReading.largestFile + 1) ?? Data()
            guard data.count <= FileReading.largestFile else { return (File(file, status), nil) }
            return (File(file, status), SourceText(name: file, bytes: Array(data)))
        } catch {
            throw CommandFailure(.systemFailed, "\(name) can't be read", "\(name) を読めません")
        }
    }

    /// Moves a file that was recorded out of the way.
    func done(_ file: File) throws { _ = try move(file, to: "done") }

    /// Moves a file that was refused out of the way, and puts beside it what is wrong.
    func refused(_ file: File, because problems: String) throws {
        guard let place = try move(file, to: "refused") else { return }
        do throws(WholeFile.Failure) {
            try WholeFile.write(Array(problems.utf8), to: place + ".problems", permissions: 0o600)
        } catch {
            throw failure()
        }
    }

    /// Moves a file, unless another has taken its name or it has been written since: that one waits for its turn.
    private func move(_ file: File, to folder: String) throws -> String? {
        var status = stat()
        guard unsafe lstat(file.path, &status) == 0, File(file.path, status) == file else {
            return nil
        }
        let folder = path + "/" + folder
        let name = URL(filePath: file.path).lastPathComponent
        var place = folder + "/" + name
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            // A name that comes again must not cover what came before.
            var number = 2
            while FileManager.default.fileExists(atPath: place) {
                place = "\(folder)/\(number)-\(name)"
                number += 1
            }
            try FileManager.default.moveItem(atPath: file.path, toPath: place)
        } catch {
            throw failure()
        }
        return place
    }

    private func failure() -> CommandFailure {
        CommandFailure(
            .systemFailed,
            "files in \(Visible.text(path)) can't be moved; check that it can be written",
            "\(Visible.text(path)) のファイルを移動できません。書き込み権限を確かめてください")
    }
}

extension FeedFolder.File {
    fileprivate init(_ path: String, _ status: stat) {
        self.init(
            path: path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            written: Instant(secondsSinceEpoch: Int64(status.st_mtim.tv_sec)),
            nanoseconds: Int(status.st_mtim.tv_nsec))
    }
}
