extension DirectoryMapping: Decodable {
    /// Reads a mapping; a key too many or too few is an error that says where.
    package init(from decoder: any Decoder) throws {
        let object = try StrictObject(
            decoder, allowing: ["source", "entities", "records", "groups", "canaries", "leaving"])
        self.init(
            source: try object.text("source"),
            entities: try object.list("entities", of: EntityRule.self),
            records: object.has("records")
                ? try object.list("records", of: GrantRule.self) : [],
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
            decoder,
            allowing: ["kind", "base", "filter", "id", "distinct", "attributes", "records"])
        self.init(
            kind: try object.text("kind"), base: try object.text("base"),
            filter: try object.text("filter"), id: try object.text("id"),
            isDistinct: object.has("distinct") ? try object.flag("distinct") : false,
            attributes: try object.optional("attributes", as: AttributeSources.self)?.byName ?? [:],
            records: object.has("records")
                ? try object.list("records", of: DirectoryMapping.RecordRule.self) : [])
    }
}

extension DirectoryMapping.GrantRule: Decodable {
    /// Reads a rule for entries that give records to others.
    package init(from decoder: any Decoder) throws {
        let object = try StrictObject(
            decoder,
            allowing: ["kind", "base", "filter", "id", "of", "nested", "attributes"])
        guard let owners = try object.optional("of", as: ValueSource.self) else {
            throw object.error("of", "is missing")
        }
        self.init(
            kind: try object.text("kind"), base: try object.text("base"),
            filter: try object.text("filter"), id: try object.text("id"), owners: owners,
            isNested: object.has("nested") ? try object.flag("nested") : false,
            attributes: try object.optional("attributes", as: AttributeSources.self)?.byName ?? [:])
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

/// Attributes by name: here any key is allowed.
private struct AttributeSources: Decodable {
    var byName: [String: ValueSource] = [:]

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, allowing: nil)
        for name in object.names {
            byName[name] = try object.optional(name, as: ValueSource.self)
        }
    }
}
