package import LDAPClient

/// What an entry is known by from one reading to the next.
package enum EntryKey: Hashable, Sendable {
    /// The directory's own id of it, which stays when it is renamed or moved.
    case uuid(EntryUUID)
    /// Its normalised name, of a server that has no ids.
    case name(String)

    /// The form that is kept.
    var bytes: [UInt8] {
        switch self {
        case .name(let name): [0] + Array(name.utf8)
        case .uuid(let id): [1] + id.bytes
        }
    }

    init?(bytes: [UInt8]) {
        let rest = bytes.dropFirst()
        switch bytes.first {
        case 0: self = .name(String(decoding: rest, as: UTF8.self))
        case 1:
            guard let id = EntryUUID(bytes: Array(rest)) else { return nil }
            self = .uuid(id)
        default: return nil
        }
    }
}
