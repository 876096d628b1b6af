/// A place in a mapping, as its reader would say it: `entities[0].records[1].attributes.role`.
struct MappingPath: CustomStringConvertible {
    private(set) var description = ""

    init() {}

    init(_ path: [any CodingKey]) {
        for key in path {
            self = key.intValue.map { self[$0] } ?? self / key.stringValue
        }
    }

    /// The place of a key.
    static func / (path: MappingPath, key: String) -> MappingPath {
        var path = path
        path.description += (path.description.isEmpty ? "" : ".") + key
        return path
    }

    /// The last key.
    var last: String { String(description.split(separator: ".").last ?? "") }

    /// The place of an element, counted from 0.
    subscript(index: Int) -> MappingPath {
        var path = self
        path.description += "[\(index)]"
        return path
    }
}
