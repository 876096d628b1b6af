public import Facts

/// Asks whether a person may do something with a resource, in some circumstances, at a time.
public struct Request: Hashable, Sendable {
    /// Who: the id of a person, in NFC as in all data.
    public var subject: String
    /// What.
    public var action: String
    /// With what: the id of a resource.
    public var resource: String
    /// The circumstances by their dotted names, texts in NFC; what is left out is unknown.
    public var context: [String: Value]
    /// What it brings of its subject and its resource.
    public var brought: Brought
    /// When.
    public var time: Instant

    /// Creates a request.
    public init(
        subject: String, action: String, resource: String, context: [String: Value] = [:],
        bringing brought: Brought = .nothing, at time: Instant
    ) {
        self.subject = subject
        self.action = action
        self.resource = resource
        self.context = context
        self.brought = brought
        self.time = time
    }
}
