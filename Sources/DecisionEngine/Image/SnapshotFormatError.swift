/// Why bytes are no snapshot that an engine may answer from.
public struct SnapshotFormatError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// They are no snapshot file at all.
        case notASnapshot
        /// They are of another version of the format, by its number: an older or a newer product wrote them.
        case otherVersion(found: UInt32, expected: UInt32)
        /// A machine of another kind wrote them.
        case otherMachine
        /// There are fewer or more of them than were written.
        case wrongLength(found: Int, written: UInt64)
        /// Some are not as they were written, in this part.
        case damaged(part: String)
        /// They are as they were written, and yet no snapshot.
        case malformed(part: String)
        /// They were made for another program, by its digest.
        case otherProgram(found: String)
    }

    /// What is wrong.
    public let reason: Reason

    init(_ reason: Reason) { self.reason = reason }
}
