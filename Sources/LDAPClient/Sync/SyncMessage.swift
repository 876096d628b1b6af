/// One message of a content synchronisation (RFC 4533), as the server means it.
package enum SyncMessage: Hashable, Sendable {
    /// An entry that is new, or is other than before: all of it.
    case entry(EntryUUID, LDAPEntry, cookie: [UInt8]?)
    /// These entries are as they were.
    case present([EntryUUID], cookie: [UInt8]?)
    /// These entries match no longer: they are deleted, changed, moved, or hidden from us.
    case deleted([EntryUUID], cookie: [UInt8]?)
    /// All that is there has been named: what was not is gone.
    case presentPhaseEnded(cookie: [UInt8]?)
    /// All that is gone has been named: what was not is as it was.
    case deletePhaseEnded(cookie: [UInt8]?)
    /// As far as this the server has told everything.
    case cookie([UInt8])
    /// More may be found at these URLs of one place.
    case reference([String])
}
