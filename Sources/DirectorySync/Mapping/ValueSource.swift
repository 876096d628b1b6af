/// Where a value comes from, and what is made of it on the way, as an administrator writes it.
///
/// The steps follow one another in this order: the origin gives texts, a pattern takes pieces out of each, a table
/// translates it, and the form says what it stands for.
package struct ValueSource: Hashable, Sendable {
    /// Where it begins.
    package enum Origin: Hashable, Sendable {
        /// An LDAP attribute, options included: `cn;lang-ja`.
        case attribute(String)
        /// The first of these LDAP attributes that the entry has.
        case first([String])
        /// The same for every entry.
        case constant(String)
        /// The entity of the same rule that the entry right above maps to, if one does.
        case parent
        /// The entity that fits, of whatever rule, to which the nearest entry above maps.
        case above
    }

    /// Where it begins.
    package var origin: Origin
    /// A regular expression that a whole value matches.
    package var pattern: String?
    /// What is made of its groups: `$1-$2`; nil for the first one, or for all of the value where there is none.
    package var template: String?
    /// What each value is translated to; as a directory compares text.
    package var table: [String: String]?
    /// What every value is translated to that isn't in the table; nil where it must be.
    package var otherwise: String?
    /// What a value stands for: `text`, `dn`, `time`, `filetime`; nil for text.
    package var form: String?
    /// The bit of a number that is meant, as a number with that bit alone; nil where it is no set of bits.
    package var bit: Int?
    /// Whether an entry must give a value.
    ///
    /// Nil means that one that is there must be understood, and that it must be there where the vocabulary has a default
    /// which would otherwise stand in for what the directory doesn't show us.
    package var isRequired: Bool?

    /// Creates a source that takes values as they are.
    package init(_ origin: Origin) { self.origin = origin }

    /// The values of an LDAP attribute.
    package static func attribute(_ name: String, isRequired: Bool? = nil) -> ValueSource {
        var source = ValueSource(.attribute(name))
        source.isRequired = isRequired
        return source
    }

    /// The entity above.
    package static let parent = ValueSource(.parent)
}

extension ValueSource: Decodable {
    /// Reads `ATTRIBUTE`, or an object with one origin and any of the steps.
    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.singleValueContainer(),
            let name = try? container.decode(String.self)
        {
            self = .attribute(name)
            return
        }
        let object = try StrictObject(
            decoder,
            allowing: [
                "attribute", "first", "constant", "parent", "above", "pattern", "to", "table",
                "otherwise",
                "as", "bit", "required",
            ])
        for (key, origin) in [("parent", Origin.parent), ("above", .above)] where object.has(key) {
            guard try object.flag(key), object.names == [key] else {
                throw object.error(key, "can only be `true`, and stands alone")
            }
            self.init(origin)
            return
        }
        self.init(try Self.origin(object))
        pattern = object.has("pattern") ? try object.text("pattern") : nil
        template = object.has("to") ? try object.text("to") : nil
        table = try object.optional("table", as: Table.self)?.entries
        otherwise = object.has("otherwise") ? try object.text("otherwise") : nil
        form = object.has("as") ? try object.text("as") : nil
        bit = object.has("bit") ? try object.number("bit") : nil
        isRequired = object.has("required") ? try object.flag("required") : nil
    }

    private static func origin(_ object: StrictObject) throws -> Origin {
        let origins = ["attribute", "first", "constant"].filter(object.has)
        guard origins.count < 2 else {
            throw object.error(origins[1], "and `\(origins[0])` exclude each other")
        }
        switch origins.first {
        case "first": return .first(try object.list("first", of: String.self))
        case "constant":
            guard object.names == ["constant"] else {
                throw object.error("constant", "stands alone")
            }
            return .constant(try object.text("constant"))
        default: return .attribute(try object.text("attribute"))
        }
    }

    private struct Table: Decodable {
        var entries: [String: String] = [:]

        init(from decoder: any Decoder) throws {
            let object = try StrictObject(decoder, allowing: nil)
            for key in object.names { entries[key] = try object.text(key) }
        }
    }
}
