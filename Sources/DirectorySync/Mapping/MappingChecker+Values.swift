import Facts

/// Checks where values come from, and what is made of them.
extension MappingChecker {
    /// A source as reading takes it, for values of a type.
    ///
    /// - Parameters:
    ///   - source: what the administrator wrote.
    ///   - type: what one value is to be.
    ///   - ruleKind: the kind of the rule, which an entry right above has too.
    ///   - path: where it stands.
    /// - Returns: The rule; nil where the source has mistakes.
    mutating func check(
        _ source: ValueSource, as type: ValueType, of ruleKind: String, at path: MappingPath
    ) -> ValueRule? {
        let before = problems.count
        checkNames(in: source, at: path)
        var rule = ValueRule(origin: origin(of: source, as: type, of: ruleKind, at: path))
        rule.form = form(of: source, as: type, at: path)
        if let pattern = source.pattern {
            rule.pattern = self.pattern(pattern, source.template, at: path)
        } else if source.template != nil {
            add(.withoutUse("to", needs: "pattern"), at: path / "to")
        }
        if let table = source.table {
            rule.table = self.table(table, source.otherwise, as: type, rule.form, at: path)
        } else if source.otherwise != nil {
            add(.withoutUse("otherwise", needs: "table"), at: path / "otherwise")
        }
        switch source.isRequired {
        case true: rule.need = .required
        case false: rule.need = .forgiven
        case nil: break
        }
        return problems.count == before ? rule : nil
    }

    /// Checks the names of LDAP attributes, also where nothing else can be said of a source.
    mutating func checkNames(in source: ValueSource, at path: MappingPath) {
        switch source.origin {
        case .attribute(let name): checkAttribute(name, at: path)
        case .first(let names):
            if names.isEmpty { add(.noAttributes, at: path / "first") }
            for (index, name) in names.enumerated() {
                checkAttribute(name, at: (path / "first")[index])
            }
        case .constant, .parent, .above: break
        }
    }

    private mutating func origin(
        of source: ValueSource, as type: ValueType, of ruleKind: String, at path: MappingPath
    ) -> ValueRule.Origin {
        switch source.origin {
        case .attribute(let name): return .attributes([name])
        case .first(let names): return .attributes(names)
        case .constant(let text):
            checkResult(text, as: type, at: path / "constant")
            return .constant(text)
        case .parent:
            if vocabulary.kinds[ruleKind] != nil,
                type.entityKind.map({ vocabulary.isKind(ruleKind, $0) }) != true
            {
                add(.parentDoesNotFit(path.last, kind: ruleKind), at: path)
            }
            return .parent
        case .above:
            if type.entityKind == nil { add(.aboveDoesNotFit, at: path) }
            return .above
        }
    }

    private mutating func form(
        of source: ValueSource, as type: ValueType, at path: MappingPath
    ) -> ValueRule.Form {
        if let bit = source.bit {
            if bit <= 0 || bit.nonzeroBitCount != 1 { add(.noBit(bit), at: path / "bit") }
            if source.form != nil { add(.twoForms("bit", "as"), at: path / "bit") }
            if source.table != nil { add(.twoForms("bit", "table"), at: path / "bit") }
            if type != .boolean { add(.formDoesNotFit("bit"), at: path / "bit") }
            return .bit(Int64(bit))
        }
        let isTime = [.instant, .date, .lastDay].contains(type)
        switch source.form {
        case nil, "text": return .text
        case "dn":
            if type.entityKind == nil { add(.formDoesNotFit("dn"), at: path / "as") }
            return .name
        case "time":
            if !isTime { add(.formDoesNotFit("time"), at: path / "as") }
            return .time
        case "filetime":
            if !isTime { add(.formDoesNotFit("filetime"), at: path / "as") }
            return .fileTime
        case let word?:
            add(.unknownForm(word), at: path / "as")
            return .text
        }
    }

    private mutating func pattern(
        _ text: String, _ template: String?, at path: MappingPath
    ) -> ValuePattern? {
        do throws(ValuePattern.Mistake) {
            return try ValuePattern(text, template: template)
        } catch {
            switch error {
            case .malformed: add(.badPattern(text), at: path / "pattern")
            case .noSuchGroup(let group): add(.noSuchGroup(group), at: path / "to")
            }
            return nil
        }
    }

    private mutating func table(
        _ table: [String: String], _ otherwise: String?, as type: ValueType,
        _ form: ValueRule.Form, at path: MappingPath
    ) -> ValueTable? {
        do throws(ValueTable.SecondKey) {
            let table = try ValueTable(table, otherwise: otherwise)
            // What is read further on is no result yet.
            if form == .text {
                for result in table.results { checkResult(result, as: type, at: path / "table") }
            }
            return table
        } catch {
            add(.secondKey(error.key), at: path / "table")
            return nil
        }
    }

    private mutating func checkResult(_ text: String, as type: ValueType, at path: MappingPath) {
        do throws(FactProblem) {
            // The zone decides when a day begins, not whether there is one.
            _ = try vocabulary.value(.text(text), as: type, name: "", zone: .utc)
        } catch {
            let similar: String? =
                if case .wrongType(_, _, _, let similar, _) = error.reason { similar } else { nil }
            add(.unfitResult(text, similar: similar), at: path)
        }
    }
}
