import Diagnostics
import Facts
import Ledger
import PolicyLanguage
import SystemTime

/// Records what was gathered, whole or not at all.
///
/// All checking happens under the ledger's write lock, on what it holds at that moment: two imports at
/// once can't each find sound what is unsound together.
struct Recorder {
    let ledger: Ledger
    let path: String
    let vocabulary: Vocabulary
    let zone: ZoneTable
    /// Whether to set bad records aside and record the rest.
    let keepsGoing: Bool

    /// Records into a session's ledger.
    init(_ session: Session, at path: String, keepsGoing: Bool = false) {
        self.init(
            session.ledger, at: path, policy: session.policy.checked, keepsGoing: keepsGoing)
    }

    /// Records into a ledger that has adopted this policy.
    init(_ ledger: Ledger, at path: String, policy: CheckedPolicy, keepsGoing: Bool = false) {
        self.ledger = ledger
        self.path = path
        vocabulary = policy.vocabulary
        zone = policy.zone
        self.keepsGoing = keepsGoing
    }

    /// What came of it.
    struct Outcome {
        var recorded = 0
        /// Events that the ledger has already.
        var repeated = 0
        var lastSequence: Int64 = 0
        /// The files that hold the bad records, with how many each.
        var setAside: [(path: String, count: Int)] = []
        /// What was left, with what was wrong with the rest.
        var gathered: Gathered
    }

    /// Stops the transaction: nothing is recorded.
    private struct Refused: Error {}

    /// Records what was gathered.
    ///
    /// Where any of it is bad and we don't keep going, nothing is recorded and the outcome's diagnostics
    /// say why.
    ///
    /// - Parameters:
    ///   - gathered: what to record.
    ///   - change: what is kept with it of the source it comes from; without it, nothing is.
    /// - Returns: what came of it.
    /// - Throws: why the ledger can't take it.
    func record(
        _ gathered: Gathered, keeping change: SourceCopyChange? = nil
    ) throws -> Outcome {
        var facts: LiveFacts?
        return try record(gathered, keeping: change, on: &facts)
    }

    /// Records what was gathered, on top of facts that are at hand.
    ///
    /// - Parameters:
    ///   - gathered: what to record; with facts at hand, observations alone.
    ///   - change: what is kept with it of the source it comes from; without it, nothing is.
    ///   - facts: the facts as of some entry of the ledger, which are brought up to the last one; nil where there are none.
    /// - Returns: what came of it.
    /// - Throws: why the ledger can't take it.
    func record(
        _ gathered: Gathered, keeping change: SourceCopyChange?, on facts: inout LiveFacts?
    ) throws -> Outcome {
        var outcome = Outcome(gathered: gathered)
        guard keepsGoing || gathered.diagnostics.isEmpty else { return outcome }
        do {
            var present = facts
            // Held once, so that what changes in it isn't copied.
            facts = nil
            let result = try ledger.append(
                recordedAt: SystemClock.now(), keeping: change, after: present?.sequence ?? 0
            ) { more in
                if present == nil {
                    present = LiveFacts(more, vocabulary: vocabulary, zone: zone)
                } else if !more.isEmpty {
                    present?.append(more)
                }
                guard let present else { return [] }
                let sound = soundItems(of: &outcome, after: more, present)
                guard keepsGoing || outcome.gathered.diagnostics.isEmpty else { throw Refused() }
                // Kept before the rest is recorded: what can't be kept must not be lost.
                outcome.setAside = try SetAside.write(outcome.gathered)
                return sound.map { NewEntry(source: $0.source, content: $0.content) }
                    + readings(of: outcome.gathered)
            }
            outcome.recorded = (result.sequences?.count ?? 0) - readings(of: gathered).count
            outcome.repeated += result.repeated
            outcome.lastSequence = result.lastSequence
            facts = present
        } catch is Refused {
            return outcome
        } catch let error as LedgerError {
            throw LedgerAccess.failure(error, path: path)
        }
        return outcome
    }

    /// Records one thing that came on the command line.
    ///
    /// It is checked under the ledger's lock, whatever was checked before: others may have recorded since.
    ///
    /// - Returns: the ledger's last sequence from then on.
    func record(_ content: LedgerEntry.Content, from source: String) throws -> Int64 {
        var gathered = Gathered()
        gathered.items = [Gathered.Item(content: content, source: source, place: .beginning)]
        let outcome = try record(gathered)
        if let diagnostic = outcome.gathered.diagnostics.first { throw Refusal.failure(diagnostic) }
        return outcome.lastSequence
    }

    /// What of it is new and sound on top of what is known and the facts of it; with mistakes in it, nothing is.
    func sound(
        _ gathered: inout Gathered, after known: [LedgerEntry], _ facts: LiveFacts
    ) -> [Gathered.Item] {
        guard gathered.diagnostics.isEmpty else { return [] }
        var outcome = Outcome(gathered: gathered)
        let sound = soundItems(of: &outcome, after: known, facts)
        gathered.diagnostics = outcome.gathered.diagnostics
        return sound
    }

    /// Records that a source was read to its end, and said what it had said before.
    ///
    /// Nothing is checked: it changes no fact but how old the source is.
    func record(
        readingOf source: String, at instant: Instant, keeping change: SourceCopyChange
    ) throws -> Outcome {
        var gathered = Gathered()
        gathered.readings[source] = instant
        var outcome = Outcome(gathered: gathered)
        outcome.lastSequence = try LedgerAccess.run(path) {
            try ledger.append(
                readings(of: gathered), recordedAt: SystemClock.now(), keeping: change
            ).lastSequence
        }
        return outcome
    }

    /// That sources were read to their end, where the policy asks how long ago that was.
    private func readings(of gathered: Gathered) -> [NewEntry] {
        gathered.readings.sorted { $0.key < $1.key }
            .filter { vocabulary.sources[$0.key]?.fresh != nil }
            .map { NewEntry(source: $0.key, content: .reading(at: $0.value)) }
    }

    /// The items that are new and sound on top of what is known.
    ///
    /// Leaving one out can make another unsound, so they are checked again until nothing more is found.
    private func soundItems(
        of outcome: inout Outcome, after known: [LedgerEntry], _ facts: LiveFacts
    ) -> [Gathered.Item] {
        dropRepeated(from: &outcome, known: known)
        let next = facts.sequence + 1
        while true {
            let entries = outcome.gathered.items.enumerated().map { offset, item in
                LedgerEntry(
                    sequence: next + Int64(offset), source: item.source, content: item.content)
            }
            let problems = Intake.problems(with: entries, after: facts)
            var refused: [Int: FactProblem] = [:]
            for problem in problems {
                // A problem of an older entry is that of what leaves it without ground; which of the new
                // ones that is, nobody can tell, so the first stands for all.
                let offset = max(0, problem.sequence.map { Int($0 - next) } ?? 0)
                if outcome.gathered.items.indices.contains(offset) { refused[offset] = problem }
            }
            guard !refused.isEmpty else { return outcome.gathered.items }
            outcome.gathered.refuse(refused) { Diagnostic($0, at: $1) }
            guard keepsGoing else { return [] }
        }
    }

    /// An event that is recorded already, to the letter, is no news; under the id of another it is a mistake.
    private func dropRepeated(from outcome: inout Outcome, known: [LedgerEntry]) {
        var byID: [String: Event] = [:]
        for case .event(let event) in known.map(\.content) { byID[event.id] = event }
        var refused: [Int: FactProblem] = [:]
        var kept: [Gathered.Item] = []
        for item in outcome.gathered.items {
            guard case .event(let event) = item.content else {
                kept.append(item)
                continue
            }
            // Files that are read together can name one event twice, too.
            guard let before = byID.updateValue(event, forKey: event.id) else {
                kept.append(item)
                continue
            }
            if before == event {
                outcome.repeated += 1
            } else {
                refused[kept.count] = FactProblem(.idUsedBefore(event.id))
                kept.append(item)
            }
        }
        outcome.gathered.items = kept
        outcome.gathered.refuse(refused) { Diagnostic($0, at: $1) }
    }
}
