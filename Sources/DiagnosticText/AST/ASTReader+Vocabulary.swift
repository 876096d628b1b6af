import Facts
import PolicyLanguage

/// What a policy can speak of.
extension ASTReader {
    func vocabulary(_ node: JSONNode) throws(ASTProblem) -> Vocabulary {
        var vocabulary = Vocabulary(
            enumerations: NameTable(try node.list("enumerations", enumeration)),
            kinds: NameTable(try node.list("kinds", kind)),
            actions: try node.list("actions", action),
            contexts: NameTable(try node.list("contexts", context)),
            checks: NameTable(try node.list("checks", check)),
            events: NameTable(try node.list("events", event)))
        vocabulary.sources = NameTable(try node.list("sources", source))
        vocabulary.purposes = NameTable(try node.list("purposes", purpose))
        vocabulary.tables = NameTable(try node.list("tables", table))
        vocabulary.lists = NameTable(try node.list("lists", list))
        vocabulary.calendars = NameTable(try node.list("calendars", calendar))
        return vocabulary
    }

    private func enumeration(_ node: JSONNode) throws(ASTProblem) -> Enumeration {
        let cases = try node.list("cases") { (node) throws(ASTProblem) in
            Enumeration.Case(name: try node.text("name"), label: try node.text("label"))
        }
        return Enumeration(
            name: try node.text("name"), cases: cases, isScale: try node.boolean("ordered"))
    }

    private func kind(_ node: JSONNode) throws(ASTProblem) -> KindDeclaration {
        var ownership: KindDeclaration.Ownership?
        if let owner = try node.optionalText("owner") {
            ownership = .init(owner: owner, relation: try node.text("relation"))
        }
        return KindDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            parent: try node.optionalText("parent"), ownership: ownership,
            attributes: NameTable(try node.list("attributes", attribute)),
            hierarchy: try node.optionalText("hierarchy").map { .init(attribute: $0) },
            limitedTo: try node.optionalText("limitedTo"), sources: try node.texts("sources"),
            phrases: try node.list("phrases", phrase))
    }

    private func attribute(_ node: JSONNode) throws(ASTProblem) -> AttributeDeclaration {
        AttributeDeclaration(
            name: try node.text("name"), type: try type(try node.member("type")),
            defaultValue: try node.optional("default", value),
            sources: try node.texts("sources"), limitedTo: try node.optionalText("limitedTo"),
            mayBeBrought: try node.boolean("mayBeBrought"))
    }

    private func action(_ node: JSONNode) throws(ASTProblem) -> Vocabulary.ActionDeclaration {
        .init(
            name: try node.text("name"), kind: try node.text("kind"),
            arguments: try node.texts("arguments"))
    }

    private func context(_ node: JSONNode) throws(ASTProblem) -> Vocabulary.ContextDeclaration {
        .init(name: try node.text("name"), type: try type(try node.member("type")))
    }

    private func check(_ node: JSONNode) throws(ASTProblem) -> CheckDeclaration {
        CheckDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            covers: try node.texts("covers"),
            consentRequired: try node.boolean("consentRequired"),
            lasts: try period(try node.member("lasts")))
    }

    private func source(_ node: JSONNode) throws(ASTProblem) -> SourceDeclaration {
        SourceDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            fresh: try node.optional("fresh", period))
    }

    private func purpose(_ node: JSONNode) throws(ASTProblem) -> PurposeDeclaration {
        let isNarrow = try node.optional("covers") != nil
        return PurposeDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            covers: isNarrow ? try node.texts("covers") : nil)
    }

    private func table(_ node: JSONNode) throws(ASTProblem) -> TableDeclaration {
        let rows = try node.list("rows") { (node) throws(ASTProblem) in
            TableDeclaration.Row(
                key: try value(try node.member("key")), value: try value(try node.member("value")))
        }
        return TableDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            keyType: try type(try node.member("keyType")),
            valueType: try type(try node.member("valueType")), rows: rows,
            otherwise: try node.optional("otherwise", value))
    }

    private func list(_ node: JSONNode) throws(ASTProblem) -> ListDeclaration {
        let members = try node.list("members") { (node) throws(ASTProblem) in
            ListDeclaration.Member(
                value: try value(try node.member("value")),
                interval: Interval(
                    from: try node.optional("from", instant) ?? .distantPast,
                    until: try node.optional("until", instant) ?? .distantFuture))
        }
        return ListDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            memberType: try type(try node.member("type")), members: members)
    }

    private func calendar(_ node: JSONNode) throws(ASTProblem) -> CalendarDeclaration {
        let weekdays = try node.list("weekdays") { (node) throws(ASTProblem) in
            guard let day = CalendarDeclaration.Weekday(rawValue: try node.text()) else {
                throw node.problem("a day of the week")
            }
            return day
        }
        return CalendarDeclaration(
            name: try node.text("name"), label: try node.text("label"), weekdays: weekdays,
            except: try node.texts("except"))
    }

    // MARK: Events

    private func event(_ node: JSONNode) throws(ASTProblem) -> EventDeclaration {
        let fields = try node.list("fields") { (node) throws(ASTProblem) in
            EventDeclaration.Field(
                name: try node.text("name"), type: try type(try node.member("type")),
                isOptional: try node.boolean("optional"))
        }
        return EventDeclaration(
            name: try node.text("name"), label: try node.text("label"),
            command: try node.text("command"), fields: NameTable(fields),
            effects: try node.list("effects", effect), phrases: try node.list("phrases", phrase))
    }

    private func effect(_ node: JSONNode) throws(ASTProblem) -> Effect {
        Effect(
            operation: try operation(node), atField: try node.optionalText("at"),
            onlyIfField: try node.optionalText("if"))
    }

    private func operation(_ node: JSONNode) throws(ASTProblem) -> Effect.Operation {
        switch try node.text("is") {
        case "create":
            return .create(
                field: try node.text("field"), attributes: try node.list("attributes", assignment))
        case "set":
            let assignments = try node.list("attributes", assignment)
            guard assignments.count == 1 else { throw node.problem("one attribute") }
            return .set(field: try node.text("field"), assignments[0])
        case "begin":
            var end = try node.optionalText("until").map(Effect.End.field)
            if let field = try node.optionalText("lastsOfCheck") {
                end = .lastsOfCheck(field: field)
            }
            return .begin(
                kind: try node.text("record"), ownerField: try node.text("field"),
                attributes: try node.list("attributes", assignment), end: end)
        case "end":
            return .end(
                kind: try node.text("record"), ownerField: try node.optionalText("field"),
                matching: try node.list("matching", assignment))
        case "need":
            return .need(
                kind: try node.text("record"), ownerField: try node.text("field"),
                matching: try node.list("matching", assignment))
        case "cancel":
            return .cancel(
                event: try node.text("event"), field: try node.text("field"),
                matching: try node.list("matching", assignment))
        default: throw node.problem("an effect")
        }
    }

    private func assignment(_ node: JSONNode) throws(ASTProblem) -> Effect.Assignment {
        let attribute = try node.text("attribute")
        let value = try node.member("value")
        switch try value.text("is") {
        case "field":
            return .init(attribute: attribute, operand: .field(try value.text("name")))
        case "constant":
            return .init(
                attribute: attribute,
                operand: .constant(try self.value(try value.member("value"))))
        case "current":
            return .init(
                attribute: attribute,
                operand: .current(
                    kind: try value.text("record"), ownerField: try value.text("field")))
        default: throw value.problem("where a value comes from")
        }
    }
}
