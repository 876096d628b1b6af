import Foundation
import NeedToKnow

/// The policy and all that is recorded: what engines are made of.
///
/// A real gateway reads the entries from its ledger, and writes an event there before it answers that it is
/// recorded. This one forgets when it ends.
struct Company {
    private let policy: CheckedPolicy
    private let program: Program
    private var entries: [LedgerEntry] = []

    /// Reads a policy and what is known at the beginning; refuses both where anything is wrong with either.
    init(
        policy: (name: String, bytes: [UInt8]), facts: (name: String, bytes: [UInt8])
    ) throws(Refusal) {
        self.policy = try Self.check(SourceText(name: policy.name, bytes: policy.bytes))
        do {
            program = try PolicyCompiler.compile(self.policy)
        } catch {
            throw Refusal("\(policy.name): no program: \(error.reason.rawValue)")
        }
        guard let text = String(validating: facts.bytes, as: UTF8.self) else {
            throw Refusal("\(facts.name): not UTF-8")
        }
        var new: [LedgerEntry] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty && !line.hasPrefix("//")
        {
            do throws(Refusal) {
                new.append(try entry(Line(String(line)), sequence: Int64(new.count + 1)))
            } catch {
                throw Refusal("\(facts.name):\(index + 1): \(error.text)")
            }
        }
        // All at once: what one line refers to may come on a later one.
        try take(new)
    }

    // MARK: Recording

    /// Records an event; false where it is recorded already.
    mutating func record(_ line: Line) throws(Refusal) -> Bool {
        guard case .event(let id, _, _) = line else { throw Refusal("this is no event") }
        let new = try entry(line, sequence: Int64(entries.count + 1))
        // Whoever got no answer may say it again, and it must not happen twice.
        let known = entries.first { $0.event?.id == id }
        guard known == nil else {
            guard known?.event == new.event else {
                throw Refusal("another event has the id \(quoted(id))")
            }
            return false
        }
        try take([new])
        return true
    }

    /// Takes entries, all or none: an entry that doesn't fit would have no effect, and nobody would know.
    private mutating func take(_ new: [LedgerEntry]) throws(Refusal) {
        let problems = Intake.problems(
            with: new, after: entries, vocabulary: policy.vocabulary, zone: policy.zone)
        if let problem = problems.first { throw Refusal(problem) }
        entries += new
    }

    private func entry(_ line: Line, sequence: Int64) throws(Refusal) -> LedgerEntry {
        let (vocabulary, zone) = (policy.vocabulary, policy.zone)
        let content: LedgerEntry.Content
        switch line {
        case .event(let id, let name, let details):
            guard let time = details.time else { throw Refusal("the time is missing: on TIME") }
            content = .event(
                try Refusal.of { () throws(FactProblem) in
                    try vocabulary.event(
                        id: id, name: name, at: time, fields: details.values, zone: zone)
                })
        case .entity(let kind, let id, let details):
            let attributes = try Refusal.of { () throws(FactProblem) in
                try vocabulary.checkID(id)
                return try vocabulary.attributes(details.values, of: kind, zone: zone)
            }
            content = .observation(
                Observation(
                    entity: EntityID(kind: vocabulary.rootKind(of: kind), name: id), kind: kind,
                    attributes: attributes, effective: .distantPast))
        case .can, .who: throw Refusal("a question is no fact")
        }
        return LedgerEntry(sequence: sequence, source: "gateway", content: content)
    }

    // MARK: Engines

    /// An engine that knows all that is recorded.
    func engine() -> DecisionEngine {
        let facts = Fold.facts(
            from: entries, vocabulary: policy.vocabulary, zone: policy.zone
        ).facts
        // The digest tells whoever reads a decision later which program gave it: SHA-256 of `program.encoded()`.
        // This gateway keeps no decisions.
        return DecisionEngine(
            program: program, facts: facts, digest: ProgramDigest(hexadecimal: ""),
            preparedSince: .now)
    }

    // MARK: The policy

    private static func check(_ source: SourceText) throws(Refusal) -> CheckedPolicy {
        // `ntk check` is where findings are read; here one that is new must not lock everybody out.
        let read = PolicyReader.read([source], findings: false, file: { _ in nil }, zone: zone)
        guard let policy = read.policy else {
            let mistakes = read.diagnostics.filter { $0.severity == .error }.map { mistake in
                let source = read.sources[mistake.place.source]
                let line = source.line(at: mistake.place.span.lower)
                return "\(source.name):\(line): \(mistake.code.rawValue)"
            }
            throw Refusal(mistakes.joined(separator: "\n"))
        }
        return policy
    }

    /// The zones this gateway knows.
    ///
    /// Japan has had one offset since 1951; most others need their transitions.
    private static func zone(_ name: String) -> ZoneTable? {
        switch name {
        case "UTC": .utc
        case "Asia/Tokyo": ZoneTable(name: name, initialOffsetSeconds: 9 * 3_600)
        default: nil
        }
    }
}

extension LedgerEntry {
    fileprivate var event: Event? {
        guard case .event(let event) = content else { return nil }
        return event
    }
}

extension Instant {
    /// What the clock shows.
    static var now: Instant {
        Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }
}

extension Refusal {
    /// What is wrong with a fact.
    init(_ problem: FactProblem) { self.init(problem.reason.text) }

    /// What `body` gives, or why it doesn't.
    static func of<Result>(
        _ body: () throws(FactProblem) -> Result
    ) throws(Refusal) -> Result {
        do throws(FactProblem) { return try body() } catch { throw Refusal(error) }
    }
}

extension FactProblem.Reason {
    /// What is wrong, in one line.
    fileprivate var text: String {
        switch self {
        case .unknownEvent(let name, _): "the policy has no event \(quoted(name))"
        case .unknownField(let name, let event, _): "\(event) has no field \(quoted(name))"
        case .missingField(let name, let event): "\(event) lacks its field \(name)"
        case .unknownKind(let name, _): "the policy has no kind \(quoted(name))"
        case .unknownAttribute(let name, let kind, _): "\(kind) has no attribute \(quoted(name))"
        case .wrongType(let name, let value, _, _, _): "\(quoted(value)) does not fit \(name)"
        case .unknownEntity(let id): "nobody has spoken of \(quoted(id.description))"
        case .doesNotExist(let id): "\(quoted(id.description)) is not there then"
        case .lacks(let id, let relation, let event):
            "\(quoted(id.name)) has none of the \(relation) that \(event) presupposes"
        case .endsBeforeItBegins(let name): "\(name) would end before it begins"
        case .idUsedBefore(let id): "another event has the id \(quoted(id))"
        case .hierarchyCycle(let id): "\(quoted(id.description)) would lie below itself"
        case .unknownEventID(let id): "there is no event \(quoted(id))"
        case .malformedID(let id): "\(quoted(id)) is no id"
        case .malformedTime(let time): "\(quoted(time)) is no time"
        }
    }
}
