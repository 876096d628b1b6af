extension DirectoryMapping: Decodable {
    /// Reads a mapping; a key too many or too few is an error that says where.
    package init(from decoder: any Decoder) throws {
        let object = try StrictObject(
            decoder, allowing: ["source", "entities", "groups", "canaries", "leaving"])
        self.init(
            source: try object.text("source"),
            entities: try object.list("entities", of: EntityRule.self),
            groups: try object.optional("groups", as: GroupRule.self) ?? GroupRule(),
            canaries: object.has("canaries")
                ? try object.list("canaries", of: String.self) : [],
            leaving: object.has("leaving") ? try object.list("leaving", of: String.self) : nil)
    }
}

extension DirectoryMapping.EntityRule: Decodable {
    /// Reads a rule for entities.
    package init(from decoder: any Decoder) throws {
        let object = try StrictObject(
            decoder, allowing: ["kind", "base", "filter", "id", "attributes", "records"])
        self.init(
            kind: try object.text("kind"), base: try object.text("base"),
            filter: try object.text("filter"), id: try object.text("id"),
            attributes: try object.optional("attributes", as: AttributeSources.self)?.byName ?? [:],
            records: object.has("records")
                ? try object.list("records", of: DirectoryMapping.RecordRule.self) : [])
    }
}

extension DirectoryMapping.GroupRule: Decodable {
    /// Reads a rule for groups.
    package init(from decoder: any Decoder) throws {
        let object = try StrictObject(
            decoder, allowing: ["member", "placeholder", "administrators"])
        self.init(
            member: object.has("member") ? try object.text("member") : "member",
            placeholder: object.has("placeholder") ? try object.text("placeholder") : nil,
            administrators: object.has("administrators")
                ? try object.list("administrators", of: String.self) : [])
    }
}

extension DirectoryMapping.RecordRule: Decodable {
    /// Reads a rule for records.
    package init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, allowing: ["kind", "when", "attributes"])
        self.init(
            kind: try object.text("kind"),
            when: object.has("when") ? try object.text("when") : nil,
            attributes: try object.optional("attributes", as: AttributeSources.self)?.byName ?? [:])
    }
}

extension DirectoryMapping.AttributeSource: Decodable {
    /// Reads `ATTRIBUTE`, `{ attribute: ATTRIBUTE, required: … }` or `{ parent: true }`.
    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.singleValueContainer(),
            let name = try? container.decode(String.self)
        {
            self = .attribute(name)
            return
        }
        let object = try StrictObject(decoder, allowing: ["attribute", "required", "parent"])
        guard object.has("parent") else {
            self = .attribute(
                try object.text("attribute"),
                isRequired: object.has("required") ? try object.flag("required") : nil)
            return
        }
        guard try object.flag("parent"), !object.has("attribute"), !object.has("required") else {
            throw object.error("parent", "can only be `true`, and stands alone")
        }
        self = .parent
    }
}

/// Attributes by name: here any key is allowed.
private struct AttributeSources: Decodable {
    var byName: [String: DirectoryMapping.AttributeSource] = [:]

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, allowing: nil)
        for name in object.names {
            byName[name] = try object.optional(name, as: DirectoryMapping.AttributeSource.self)
        }
    }
}
