import GRDB

/// Why the ledger can't be opened, read or appended to.
///
/// Nothing in it comes from what was to be stored but the id of an event.
package enum LedgerError: Error, Hashable, Sendable {
    /// What is damaged.
    package enum Damage: Hashable, Sendable {
        /// SQLite finds the file's structure broken.
        case file
        /// An entry is missing: this sequence does not follow the one before it.
        case gap(before: Int64)
        /// The entry with this sequence can't be read.
        case entry(Int64)
    }

    /// There is no file, or it may not be read and written; with what the system says.
    case cannotOpen(path: String, system: String)
    /// The file is something else.
    case notALedger(path: String)
    /// A later version of the program has made it what it is.
    case newerSchema(found: Int, known: Int)
    /// It lies where nothing can be written, and something would have to be: to append to it, to bring it to the present
    /// version, or to bring in what is still in its log.
    case readOnly(path: String, hasLog: Bool)
    /// Somebody else has been writing for longer than we wait.
    case locked
    /// The id stands for another event. Nothing was stored.
    case idUsedBefore(String)
    /// Facts or the policy have moved on, with this entry first. Nothing was stored.
    case movedOn(at: Int64)
    /// Somebody else has read this source meanwhile. Nothing was stored.
    case copyMovedOn(source: String)
    /// The ledger is damaged.
    case corrupt(Damage)
    /// There is no room left. Nothing was stored.
    case diskFull
    /// An entry is larger than any may be. Nothing was stored.
    case tooLarge(mostBytes: Int)
    /// Something else failed; with what the system says.
    case system(message: String)
}

extension LedgerError {
    /// Takes an error from SQLite or from within; what SQLite was given is left out.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as LedgerError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        default: self = .system(message: "\(type(of: error))")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let message = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_CORRUPT: self = .corrupt(.file)
        case .SQLITE_NOTADB: self = .notALedger(path: path)
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_READONLY: self = .readOnly(path: path, hasLog: false)
        case .SQLITE_CANTOPEN, .SQLITE_PERM:
            self = .cannotOpen(path: path, system: message)
        default: self = .system(message: message)
        }
    }
}
