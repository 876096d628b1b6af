package import Facts

/// Says answers to people: what the texts of decisions, lists and plans have in common.
package struct AnswerText: Sendable {
    let language: Language
    let zone: ZoneTable
    let vocabulary: Vocabulary
    /// The name facts give an entity, if they do.
    let nameOf: @Sendable (EntityID) -> String?

    /// Creates a speaker.
    package init(
        language: Language, zone: ZoneTable, vocabulary: Vocabulary,
        nameOf: @escaping @Sendable (EntityID) -> String?
    ) {
        self.language = language
        self.zone = zone
        self.vocabulary = vocabulary
        self.nameOf = nameOf
    }

    func text(_ instant: Instant) -> String { TimeText.text(instant, in: zone) }

    /// An entity's id, and its name where it has one: `tanaka (田中 健一)`.
    package func text(_ id: EntityID) -> String {
        guard let name = nameOf(id), name != id.name else { return Visible.text(id.name) }
        return "\(Visible.text(id.name)) (\(Visible.text(name)))"
    }

    /// A value; to a Japanese reader a case of an enumeration also says its label.
    func text(_ value: Value, of attribute: String?, kind: String?) -> String {
        switch value {
        case .boolean(let boolean): return String(boolean)
        case .integer(let number): return String(number)
        case .text(let text): return "\"\(Visible.text(text))\""
        case .instant(let instant): return text(instant)
        case .entity(let id): return text(id)
        case .symbol(let name):
            guard language == .japanese, let label = label(of: name, attribute, kind), label != name
            else { return name }
            return "\(name)（\(label)）"
        case .set(let members):
            return "{" + members.map { text($0, of: attribute, kind: kind) }.joined(separator: ", ")
                + "}"
        }
    }

    private func label(of name: String, _ attribute: String?, _ kind: String?) -> String? {
        guard let kind, let attribute,
            let type = vocabulary.kinds[kind]?.attributes[attribute]?.type
        else { return nil }
        switch type {
        case .enumeration(let enumeration), .set(of: .enumeration(let enumeration)):
            return vocabulary.enumerations[enumeration]?.cases.first { $0.name == name }?.label
        default: return nil
        }
    }

    /// `since 2026-04-01, until 2026-05-11`, or nothing where it always holds.
    func text(_ interval: Interval) -> String {
        var parts: [String] = []
        if interval.from > .distantPast {
            parts.append(language.pick("from \(text(interval.from))", "\(text(interval.from)) から"))
        }
        if interval.until < .distantFuture {
            parts.append(
                language.pick("until \(text(interval.until))", "\(text(interval.until)) まで"))
        }
        return parts.joined(separator: language.pick(" ", " "))
    }
}
