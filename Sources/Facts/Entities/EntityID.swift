/// Names an entity: an id that is unique within its root kind.
///
/// The root kind is the one without a parent: a document's id lives among all resources.
public struct EntityID: Hashable, Sendable, Comparable {
    /// The root kind, such as `person` or `resource`.
    public let kind: String
    /// The id, as sources and people write it: `tanaka`, `drawing-7`.
    public let name: String

    /// Creates the id `name` within the root kind `kind`.
    public init(kind: String, name: String) {
        self.kind = kind
        self.name = name
    }

    /// Orders by root kind, then by id.
    public static func < (left: EntityID, right: EntityID) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }
}

extension EntityID: CustomStringConvertible {
    /// `kind/name`.
    public var description: String { "\(kind)/\(name)" }
}
