import Facts

/// An attribute, by the kind that declares it.
struct DeclaredAttribute: Hashable {
    let kind: String
    let name: String
}

extension Vocabulary {
    /// The kind, `kind` or above it, that brings an attribute.
    func declarer(of attribute: String, from kind: String) -> String {
        var kind = kind
        while let parent = kinds[kind]?.parent, kinds[parent]?.attributes[attribute] != nil {
            kind = parent
        }
        return kind
    }
}
