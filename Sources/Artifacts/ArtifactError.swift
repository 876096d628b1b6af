package import DecisionEngine
package import PolicyProgram

/// Why a file of ours can't be read or written.
package enum ArtifactError: Error, Hashable, Sendable {
    /// It is not there, or may not be read; with what the system says.
    case cannotRead(path: String, system: String)
    /// It can't be written; with what the system says. What was there before still is.
    case cannotWrite(path: String, system: String)
    /// Somebody else has written it since it was read.
    case changedMeanwhile(path: String)
    /// It is larger than any program.
    case tooLarge(path: String, mostBytes: Int)
    /// Its bytes are no program that is safe to run.
    case notAProgram(path: String, ProgramFormatError.Reason)
    /// Its bytes are no snapshot that an engine with this program may answer from.
    case notASnapshot(path: String, SnapshotFormatError.Reason)
    /// It reads as a program, but is not the file that writing that program makes: its digest would name
    /// something else.
    case notCanonical(path: String)
}
