import Diagnostics
import Facts

/// Scenarios: statements in the vocabulary's own phrases, made into ledger entries and expectations.
extension Checker {
    mutating func checkScenarios(
        rules: [CheckedRule], limits: [CheckedLimit], duties: [CheckedDuty],
        entitlements: [CheckedEntitlement]
    ) -> [CheckedScenario] {
        var scenarios: [CheckedScenario] = []
        let names = ExpectationNames(
            rules: rules.map(\.name), obligations: obligationNames(),
            limits: limits.map(\.name), entitlements: entitlements.map(\.group),
            verbs: duties.map(\.verb))
        for case .scenario(let syntax) in declarations {
            guard !hasGivenUp, declare(syntax.title, in: "scenario") else { continue }
            let errors = diagnostics.count
            var builder = ScenarioBuilder()
            for statement in syntax.statements where !hasGivenUp {
                read(statement, into: &builder, names: names)
            }
            if diagnostics.count == errors { checkFacts(of: builder, at: syntax.title.place) }
            scenarios.append(
                CheckedScenario(
                    title: syntax.title.text, place: syntax.title.place, entries: builder.entries,
                    expectations: builder.expectations))
        }
        return scenarios
    }

    private mutating func checkFacts(of builder: ScenarioBuilder, at place: Place) {
        let problems = Intake.problems(
            with: builder.entries, after: [], vocabulary: vocabulary, zone: zone)
        let (facts, _) = Fold.facts(from: builder.entries, vocabulary: vocabulary, zone: zone)
        for expectation in builder.expectations {
            for id in expectation.entities where facts[id] == nil {
                // A denial of somebody who isn't there would be met for the wrong reason.
                let names = facts.histories.map(\.id).filter { $0.kind == id.kind }.map(\.name)
                let similar = Similarity.nearest(to: id.name, in: names)
                report(
                    .unknownEntity, [id.kind, id.name], at: expectation.place,
                    notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? [])
            }
            if expectation.isAboutPlan, !builder.hasEvents {
                report(.nothingHappens, at: expectation.place)
            }
        }
        for problem in problems {
            let at = problem.sequence.flatMap { builder.places[$0] } ?? place
            diagnostics.append(Diagnostic(problem, at: at))
        }
    }

    private mutating func read(
        _ statement: ScenarioStatement, into builder: inout ScenarioBuilder, names: ExpectationNames
    ) {
        var words = WordCursor(statement.tokens)
        guard let first = words.next() else { return }
        do throws(ScenarioMistake) {
            if first.text == "expect" {
                try readExpectation(&words, statement, into: &builder, names: names)
            } else if first.text == "from" {
                builder.source = try source(&words)
                defer { builder.source = ScenarioBuilder.usualSource }
                let rest = ScenarioStatement(
                    tokens: Array(statement.tokens.dropFirst(2)), place: statement.place)
                read(rest, into: &builder, names: names)
            } else if first.text == "read", words.peek(1)?.text == "on" {
                builder.source = try source(&words)
                defer { builder.source = ScenarioBuilder.usualSource }
                guard words.take("on") else { throw .notUnderstood(words.peek()) }
                builder.add(.reading(at: try instant(&words)), at: statement.place)
            } else if let kind = vocabulary.kinds[first.text], kind.ownership == nil {
                try readEntity(kind, &words, statement, into: &builder)
            } else if vocabulary.events.contains(where: { $0.isWrittenWith(first.text) }) {
                try readEvent(first, statement, into: &builder)
            } else {
                let known =
                    ["expect"] + vocabulary.kinds.filter { $0.ownership == nil }.map(\.name)
                    + vocabulary.events.names
                reportUnknown(
                    .statementNotUnderstood, Name(first.text, first.place), among: known)
            }
        } catch {
            report(error, in: statement.place, beginning: first.text)
        }
    }

    /// `from hr …` and `read hr on …`: who says what follows, and who was read.
    private mutating func source(_ words: inout WordCursor) throws(ScenarioMistake) -> String {
        guard let name = words.next() else { throw .notUnderstood(nil) }
        if vocabulary.sources[name.text] == nil {
            reportUnknown(
                .unknownSource, Name(name.text, name.place), among: vocabulary.sources.names)
        }
        return name.text
    }

    /// Reports what can't be taken of the words at `place`, the first of which is `first`.
    mutating func report(_ mistake: ScenarioMistake, in place: Place, beginning first: String) {
        switch mistake {
        case .notUnderstood(let token):
            reportNotUnderstood(Name(token?.text ?? first, token?.place ?? place))
        case .problem(let problem, let place):
            diagnostics.append(Diagnostic(problem, at: place))
        }
    }

    // MARK: Entities and their records

    private mutating func readEntity(
        _ kind: KindDeclaration, _ words: inout WordCursor, _ statement: ScenarioStatement,
        into builder: inout ScenarioBuilder
    ) throws(ScenarioMistake) {
        guard let name = words.next(), name.kind != .symbol else { throw .notUnderstood(nil) }
        do throws(FactProblem) {
            try vocabulary.checkID(name.text)
        } catch {
            throw .problem(error, name.place)
        }
        let id = EntityID(kind: vocabulary.rootKind(of: kind.name), name: name.text)
        var attributes: [String: RawValue] = [:]
        var records: [Observation] = []
        while !words.isAtEnd {
            _ = words.take(",")
            if let fields = words.match(anyOf: kind.phrases) {
                attributes.merge(fields) { $1 }
            } else if let record = try readRecord(
                &words, owner: id, of: kind, number: builder.entries.count + records.count + 1)
            {
                records += record
            } else if let attribute = words.peek(), kind.attributes[attribute.text] != nil {
                words.advance()
                guard let value = words.value() else { throw .notUnderstood(words.peek()) }
                attributes[attribute.text] = value
            } else {
                throw .notUnderstood(words.peek())
            }
        }
        let typed = try typed(attributes, of: kind.name, at: statement.place)
        builder.add(
            .observation(
                Observation(
                    entity: id, kind: kind.name, attributes: typed, effective: .distantPast)),
            at: statement.place)
        for record in records { builder.add(.observation(record), at: statement.place) }
    }

    // `engaged as employee since 2020-04-01`
    private mutating func readRecord(
        _ words: inout WordCursor, owner: EntityID, of kind: KindDeclaration, number: Int
    ) throws(ScenarioMistake) -> [Observation]? {
        let candidates = vocabulary.kinds.filter { record in
            record.ownership.map { vocabulary.isKind(kind.name, $0.owner) } ?? false
        }
        for record in candidates {
            let start = words.peek()?.place
            guard let fields = words.match(anyOf: record.phrases), let start else { continue }
            let typed = try typed(fields, of: record.name, at: start)
            let id = EntityID(kind: record.name, name: "\(owner.name)/\(record.name)/\(number)")
            var from = Instant.distantPast
            var observations: [Observation] = []
            if words.take("since") { from = try instant(&words) }
            observations.append(
                Observation(
                    entity: id, kind: record.name, owner: owner, attributes: typed,
                    effective: from))
            if words.take("until") {
                guard let token = words.next(), let day = TimeText.date(token.text) else {
                    throw .notUnderstood(words.peek())
                }
                observations.append(
                    Observation(
                        entity: id, kind: record.name, owner: owner, attributes: nil,
                        effective: zone.start(of: day.advanced(byDays: 1))))
            }
            return observations
        }
        return nil
    }

    // MARK: Events

    private mutating func readEvent(
        _ first: Token, _ statement: ScenarioStatement, into builder: inout ScenarioBuilder
    ) throws(ScenarioMistake) {
        for event in vocabulary.events where event.isWrittenWith(first.text) {
            var words = WordCursor(statement.tokens)
            var fields: [String: RawValue]
            if let matched = words.match(anyOf: event.phrases) {
                fields = matched
            } else if words.take(event.name), let about = event.fields.first {
                guard let value = words.value() else { throw .notUnderstood(words.peek()) }
                fields = [about.name: value]
            } else {
                continue
            }
            var time: Token?
            while let word = words.peek() {
                words.advance()
                if word.text == "," { continue }
                if word.text == "on" {
                    time = words.next()
                } else if event.fields[word.text] != nil, let value = words.value() {
                    fields[word.text] = value
                } else {
                    throw .notUnderstood(word)
                }
            }
            guard let time else { throw .notUnderstood(nil) }
            do throws(FactProblem) {
                let id = "scenario-\(builder.entries.count + 1)"
                let typed = try vocabulary.event(
                    id: id, name: event.name, at: time.text, fields: fields, zone: zone)
                builder.add(.event(typed), at: statement.place)
            } catch {
                throw .problem(error, statement.place)
            }
            return
        }
        throw .notUnderstood(first)
    }

    // MARK: Values

    func instant(_ words: inout WordCursor) throws(ScenarioMistake) -> Instant {
        guard let token = words.next() else { throw .notUnderstood(nil) }
        guard let instant = TimeText.instant(token.text, in: zone) else {
            throw .problem(FactProblem(.malformedTime(token.text)), token.place)
        }
        return instant
    }

    private func typed(
        _ raw: [String: RawValue], of kind: String, at place: Place
    ) throws(ScenarioMistake) -> [String: Value] {
        do throws(FactProblem) {
            return try vocabulary.attributes(raw, of: kind, zone: zone)
        } catch {
            throw .problem(error, place)
        }
    }
}

/// Why a statement of a scenario can't be taken.
enum ScenarioMistake: Error {
    /// Nothing in the vocabulary is said this way; from this word on, where known.
    case notUnderstood(Token?)
    /// It is said well, and contradicts the vocabulary.
    case problem(FactProblem, Place)
}

/// The facts and expectations of a scenario while it is being read.
struct ScenarioBuilder {
    private(set) var entries: [LedgerEntry] = []
    private(set) var places: [Int64: Place] = [:]
    var expectations: [CheckedScenario.Expectation] = []
    /// Who says what is being read.
    var source = ScenarioBuilder.usualSource

    /// Who says what no source is named for.
    static let usualSource = "scenario"

    /// Whether anything happens, so that there is a plan.
    var hasEvents: Bool {
        entries.contains { entry in
            if case .event = entry.content { true } else { false }
        }
    }

    mutating func add(_ content: LedgerEntry.Content, at place: Place) {
        let sequence = Int64(entries.count + 1)
        entries.append(LedgerEntry(sequence: sequence, source: source, content: content))
        places[sequence] = place
    }
}

extension EventDeclaration {
    /// Whether a statement about this event can begin with `word`.
    fileprivate func isWrittenWith(_ word: String) -> Bool {
        name == word || phrases.contains { $0.parts.first == .word(word) }
    }
}
