import DiagnosticText
import Foundation
import TestSupport

/// As much of JSON Schema as the project's schemas use; a word that it doesn't know is a complaint.
struct JSONSchema {
    private let root: JSONTree

    init(path: String) throws {
        root = try JSONTree(
            text: String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8))
    }

    /// What is wrong with a value; `name` says which definition it should meet, where it is not the whole.
    func complaints(about tree: JSONTree, as name: String? = nil) -> [String] {
        let schema = name.map { JSONTree.object(["$ref": .text("#/$defs/\($0)")]) }
        return complaints(tree, schema ?? root, at: "")
    }

    /// The words that the schema's nodes may say of themselves.
    var constants: Set<String> {
        func constants(_ tree: JSONTree) -> [String] {
            switch tree {
            case .object(let members):
                members.flatMap { key, value in
                    if key == "const", case .text(let text) = value { return [text] }
                    return constants(value)
                }
            case .list(let elements): elements.flatMap(constants)
            default: []
            }
        }
        return Set(constants(root))
    }

    private func complaints(_ tree: JSONTree, _ schema: JSONTree, at path: String) -> [String] {
        guard case .object(let rules) = schema else { return ["\(path): no schema"] }
        return rules.flatMap { word, rule in
            complaints(tree, word: word, rule, among: rules, at: path)
        }
    }

    private func complaints(
        _ tree: JSONTree, word: String, _ rule: JSONTree, among rules: [String: JSONTree],
        at path: String
    ) -> [String] {
        switch (word, rule, tree) {
        case ("$ref", .text(let name), _):
            guard case .object(let members) = root, case .object(let shared)? = members["$defs"],
                let schema = shared[String(name.dropFirst("#/$defs/".count))]
            else { return ["\(path): \(name) is not defined"] }
            return complaints(tree, schema, at: path)
        case ("const", _, _): return tree == rule ? [] : ["\(path): not \(rule)"]
        case ("enum", .list(let values), _):
            return values.contains(tree) ? [] : ["\(path): none of \(values)"]
        case ("oneOf", .list(let schemas), _):
            let fitting = schemas.filter {
                mayFit(tree, $0) && complaints(tree, $0, at: path) == []
            }
            return fitting.count == 1 ? [] : ["\(path): fits \(fitting.count) of \(schemas.count)"]
        case ("type", .text(let type), _):
            return type == self.type(of: tree) ? [] : ["\(path): no \(type)"]
        case ("items", _, .list(let elements)):
            return elements.enumerated().flatMap { complaints($1, rule, at: "\(path)/\($0)") }
        case ("properties", .object(let schemas), .object(let members)):
            return schemas.flatMap { key, schema in
                members[key].map { complaints($0, schema, at: "\(path)/\(key)") } ?? []
            }
        case ("required", .list(let keys), .object(let members)):
            return keys.compactMap { key in
                guard case .text(let key) = key, members[key] == nil else { return nil }
                return "\(path): lacks \(key)"
            }
        case ("additionalProperties", _, .object(let members)):
            return more(members, rule, among: rules, at: path)
        case ("minLength", .integer(let least), .text(let text)):
            return text.count >= least ? [] : ["\(path): shorter than \(least)"]
        case ("maxLength", .integer(let most), .text(let text)):
            return text.count <= most ? [] : ["\(path): longer than \(most)"]
        case ("format", .text("date"), .text(let text)):
            return text.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil ? ["\(path): no date"] : []
        case ("description", _, _), ("title", _, _), ("$schema", _, _), ("$defs", _, _),
            ("items", _, _), ("properties", _, _), ("required", _, _),
            ("additionalProperties", _, _):
            return []
        default: return ["\(path): the schema says \(word), which is not understood"]
        }
    }

    /// Whether a node is of the sort that a schema is about: saves trying all of them on all that is inside.
    private func mayFit(_ tree: JSONTree, _ schema: JSONTree) -> Bool {
        guard case .object(let members) = tree, case .object(let rules) = schema,
            case .object(let properties)? = rules["properties"],
            case .object(let kind)? = properties["is"]
        else { return true }
        return members["is"] == kind["const"]
    }

    private func more(
        _ members: [String: JSONTree], _ rule: JSONTree, among rules: [String: JSONTree],
        at path: String
    ) -> [String] {
        var known: [String: JSONTree] = [:]
        if case .object(let properties)? = rules["properties"] { known = properties }
        return members.filter { known[$0.key] == nil }.flatMap { key, value in
            rule == .boolean(false)
                ? ["\(path): has \(key)"] : complaints(value, rule, at: "\(path)/\(key)")
        }
    }

    private func type(of tree: JSONTree) -> String {
        switch tree {
        case .object: "object"
        case .list: "array"
        case .text: "string"
        case .integer: "integer"
        case .boolean: "boolean"
        }
    }
}
