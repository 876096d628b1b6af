public import Facts
import PolicyProgram

/// A person's number in the snapshots of one engine, and of those made from it.
public struct SubjectHandle: Hashable, Sendable {
    let number: Snapshot.Handle
    let lineage: UInt64
    let mark: UInt64
}

/// A resource's number, likewise.
public struct ResourceHandle: Hashable, Sendable {
    let number: Snapshot.Handle
    let lineage: UInt64
    let mark: UInt64
}

/// An action's number in one program.
public struct ActionHandle: Hashable, Sendable {
    let number: UInt16
    let lineage: UInt64
}

/// A request with its names resolved, so that deciding it looks nothing up by name.
public struct ResolvedRequest: Sendable {
    let subject: Snapshot.Handle
    let resource: Snapshot.Handle
    private let actionNumber: UInt16
    /// Marks the engine that resolved it; to one that numbers otherwise it names nobody.
    let lineage: UInt64
    /// Marks of those of whom somebody has spoken since; none for the others.
    let subjectMark: UInt64
    let resourceMark: UInt64
    /// The circumstances.
    public var circumstances: Circumstances
    /// When.
    public var time: Instant

    var action: Int { Int(actionNumber) }

    /// Creates a request from what an engine resolved; nil where not all of it comes from one engine.
    public init?(
        subject: SubjectHandle, action: ActionHandle, resource: ResourceHandle,
        circumstances: Circumstances = .none, at time: Instant
    ) {
        guard subject.lineage == action.lineage, subject.lineage == resource.lineage else {
            return nil
        }
        self.init(
            subject: subject.number, action: Int(action.number), resource: resource.number,
            circumstances: circumstances, time: time, lineage: subject.lineage,
            marks: (subject.mark, resource.mark))
    }

    init(
        subject: Snapshot.Handle, action: Int, resource: Snapshot.Handle,
        circumstances: Circumstances, time: Instant, lineage: UInt64 = 0,
        marks: (subject: UInt64, resource: UInt64) = (Lineage.noMark, Lineage.noMark)
    ) {
        self.subject = subject
        actionNumber = UInt16(action)
        self.resource = resource
        self.circumstances = circumstances
        self.time = time
        self.lineage = lineage
        (subjectMark, resourceMark) = marks
    }
}
