/// JSON as a value: all of it but null and fractions, which nothing here is made of.
///
/// Foundation's coders give up where 512 objects and lists lie inside each other; a policy's conditions may lie deeper.
package indirect enum JSONTree: Hashable, Sendable {
    case object([String: JSONTree])
    case list([JSONTree])
    case text(String)
    case integer(Int64)
    case boolean(Bool)

    /// An object of those members that have a value.
    static func members(_ members: [String: JSONTree?]) -> JSONTree {
        .object(members.compactMapValues(\.self))
    }

    /// An object that says by `is` what it is.
    static func node(_ kind: String, _ members: [String: JSONTree?] = [:]) -> JSONTree {
        .members(members.merging(["is": .text(kind)]) { own, _ in own })
    }

    static func texts(_ texts: [String]) -> JSONTree { .list(texts.map(JSONTree.text)) }
}

/// Why JSON is no checked policy.
package struct ASTProblem: Error, Hashable, Sendable {
    /// Where: the keys and places that lead there.
    package let path: String
    /// What should stand there.
    package let expected: String
}

/// A place in JSON that is being read.
struct JSONNode {
    let tree: JSONTree
    let path: String

    func problem(_ expected: String) -> ASTProblem { ASTProblem(path: path, expected: expected) }

    /// The member with this name; nil where there is none.
    func optional(_ key: String) throws(ASTProblem) -> JSONNode? {
        guard case .object(let members) = tree else { throw problem("an object") }
        return members[key].map { JSONNode(tree: $0, path: "\(path)/\(key)") }
    }

    func member(_ key: String) throws(ASTProblem) -> JSONNode {
        guard let member = try optional(key) else {
            throw ASTProblem(path: "\(path)/\(key)", expected: "a value")
        }
        return member
    }

    func list() throws(ASTProblem) -> [JSONNode] {
        guard case .list(let elements) = tree else { throw problem("a list") }
        return elements.enumerated().map { JSONNode(tree: $1, path: "\(path)/\($0)") }
    }

    func members() throws(ASTProblem) -> [String: JSONNode] {
        guard case .object(let members) = tree else { throw problem("an object") }
        var nodes: [String: JSONNode] = [:]
        for (key, value) in members { nodes[key] = JSONNode(tree: value, path: "\(path)/\(key)") }
        return nodes
    }

    func text() throws(ASTProblem) -> String {
        guard case .text(let text) = tree else { throw problem("text") }
        return text
    }

    func integer() throws(ASTProblem) -> Int64 {
        guard case .integer(let integer) = tree else { throw problem("a whole number") }
        return integer
    }

    func boolean() throws(ASTProblem) -> Bool {
        guard case .boolean(let boolean) = tree else { throw problem("true or false") }
        return boolean
    }

    // MARK: Members

    func text(_ key: String) throws(ASTProblem) -> String { try member(key).text() }

    func optionalText(_ key: String) throws(ASTProblem) -> String? {
        guard let member = try optional(key) else { return nil }
        return try member.text()
    }

    func boolean(_ key: String) throws(ASTProblem) -> Bool { try member(key).boolean() }

    func int(_ key: String) throws(ASTProblem) -> Int { Int(try member(key).integer()) }

    func texts(_ key: String) throws(ASTProblem) -> [String] {
        try list(key) { (node) throws(ASTProblem) in try node.text() }
    }

    func list<Element>(
        _ key: String, _ element: (JSONNode) throws(ASTProblem) -> Element
    ) throws(ASTProblem) -> [Element] {
        var elements: [Element] = []
        for node in try member(key).list() { elements.append(try element(node)) }
        return elements
    }

    /// One of an enumeration's cases, by its raw value.
    func one<Case: RawRepresentable>(
        _ key: String, of type: Case.Type
    ) throws(ASTProblem) -> Case where Case.RawValue == String {
        let node = try member(key)
        guard let value = Case(rawValue: try node.text()) else {
            throw node.problem("a known word")
        }
        return value
    }

    /// What `read` makes of the member, where there is one.
    func optional<Element>(
        _ key: String, _ read: (JSONNode) throws(ASTProblem) -> Element
    ) throws(ASTProblem) -> Element? {
        guard let node = try optional(key) else { return nil }
        return try read(node)
    }
}
