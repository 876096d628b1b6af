import Foundation
import GRDB

/// The ledger's file: how it comes into being, and how it is known.
enum LedgerFile {
    /// Makes an empty ledger at `path`, whole or not at all; leaves what another made there meanwhile.
    ///
    /// Its schema is on the disk before it has its name. Only its owner may read and write it.
    static func create(at path: String) throws(LedgerError) {
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent().path(percentEncoded: false)
        let draft = "\(folder)/.\(url.lastPathComponent).\(UUID().uuidString)"
        func failure() -> LedgerError {
            .cannotOpen(path: path, system: unsafe String(cString: strerror(errno)))
        }
        let file = unsafe Foundation.open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure() }
        defer {
            close(file)
            unsafe unlink(draft)
        }
        do {
            let database = try DatabaseQueue(path: draft)
            try Schema.migrator.migrate(database)
            try database.close()
        } catch {
            throw LedgerError(error, path: path)
        }
        guard fsync(file) == 0 else { throw failure() }
        // Unlike a renaming, a second name never takes another file's place.
        guard unsafe link(draft, path) == 0 || errno == EEXIST else { throw failure() }
        let handle = unsafe Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw failure() }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw failure() }
    }

    /// Refuses a file that is no ledger, before SQLite touches it.
    ///
    /// The first hundred bytes of an SQLite file say what it is; a ledger has them so from the beginning.
    static func checkHeader(at path: String) throws(LedgerError) {
        let descriptor = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: path, system: unsafe String(cString: strerror(errno)))
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let header: [UInt8]
        do {
            header = Array(try file.read(upToCount: 100) ?? Data())
        } catch {
            throw .cannotOpen(path: path, system: error.localizedDescription)
        }
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)),
            number(in: header, at: 68) == Schema.applicationID
        else { throw .notALedger(path: path) }
        let version = Int(number(in: header, at: 60))
        guard version <= Schema.version else {
            throw .newerSchema(found: version, known: Schema.version)
        }
    }

    /// Whether nobody can write the file system that a file lies on.
    static func liesOnReadOnlySystem(_ path: String) -> Bool {
        var system = statvfs()
        return unsafe statvfs(path, &system) == 0 && system.f_flag & UInt(ST_RDONLY) != 0
    }

    private static func number(in bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
