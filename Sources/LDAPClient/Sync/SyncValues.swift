import CLDAP

/// The names that RFC 4533 gives to its controls and messages.
enum SyncOID {
    static let request = "1.3.6.1.4.1.4203.1.9.1.1"
    static let state = "1.3.6.1.4.1.4203.1.9.1.2"
    static let done = "1.3.6.1.4.1.4203.1.9.1.3"
    static let info = "1.3.6.1.4.1.4203.1.9.1.4"
}

/// The value of a sync state control (RFC 4533, 2.2): what an entry is doing here.
package struct SyncState {
    enum State: Int {
        case present = 0
        case add = 1
        case modify = 2
        case delete = 3
    }

    let state: State
    let uuid: EntryUUID
    let cookie: [UInt8]?

    /// Reads the value, which must be whole.
    package init(_ bytes: [UInt8]) throws(MalformedBER) {
        let reader = try BerReader(bytes)
        try reader.enter(BerReader.Tag.sequence)
        guard let state = State(rawValue: try reader.enumerated()) else {
            throw MalformedBER()
        }
        self.state = state
        uuid = try reader.uuid()
        cookie = try reader.octets()
        try reader.end()
    }

    /// What it says of the entry that it came with.
    package func message(_ entry: LDAPEntry) -> SyncMessage {
        switch state {
        case .present: .present([uuid], cookie: cookie)
        case .add, .modify: .entry(uuid, entry, cookie: cookie)
        case .delete: .deleted([uuid], cookie: cookie)
        }
    }
}

/// The value of a sync done control (RFC 4533, 2.4): how a refresh ended.
package struct SyncDone {
    let cookie: [UInt8]?
    /// Whether all that is gone has been named, rather than all that is there.
    let refreshDeletes: Bool

    /// Reads the value, which must be whole.
    package init(_ bytes: [UInt8]) throws(MalformedBER) {
        let reader = try BerReader(bytes)
        try reader.enter(BerReader.Tag.sequence)
        cookie = try reader.octets()
        refreshDeletes = try reader.boolean() ?? false
        try reader.end()
    }

    /// What it says.
    package var message: SyncMessage {
        refreshDeletes ? .deletePhaseEnded(cookie: cookie) : .presentPhaseEnded(cookie: cookie)
    }
}

/// The value of a sync info message (RFC 4533, 2.5).
package struct SyncInfo {
    private enum Tag {
        static let newCookie: ber_tag_t = 0x80
        static let refreshDelete: ber_tag_t = 0xA1
        static let refreshPresent: ber_tag_t = 0xA2
        static let idSet: ber_tag_t = 0xA3
    }

    /// What it says.
    package let message: SyncMessage
    /// Whether it ends the refresh, after which the server tells of changes as they happen.
    package let endsRefresh: Bool

    /// Reads the value, which must be whole.
    package init(_ bytes: [UInt8]) throws(MalformedBER) {
        let reader = try BerReader(bytes)
        guard let tag = reader.next else { throw MalformedBER() }
        switch tag {
        case Tag.newCookie:
            message = .cookie(try reader.octets(tag: tag) ?? [])
            endsRefresh = false
        case Tag.refreshDelete, Tag.refreshPresent:
            try reader.enter(tag)
            let cookie = try reader.octets()
            message =
                tag == Tag.refreshDelete
                ? .deletePhaseEnded(cookie: cookie) : .presentPhaseEnded(cookie: cookie)
            endsRefresh = try reader.boolean() ?? true
        case Tag.idSet:
            try reader.enter(tag)
            let cookie = try reader.octets()
            let areDeleted = try reader.boolean() ?? false
            try reader.enter(BerReader.Tag.set)
            var ids: [EntryUUID] = []
            while reader.next != nil { ids.append(try reader.uuid()) }
            message =
                areDeleted ? .deleted(ids, cookie: cookie) : .present(ids, cookie: cookie)
            endsRefresh = false
        default: throw MalformedBER()
        }
        try reader.end()
    }
}
