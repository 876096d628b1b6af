import Foundation
import NeedToKnow
import Synchronization

/// Answers lines, on as many threads as call `work()`.
///
/// An engine never changes, so that threads share one without waiting for each other. What changes is which engine is
/// the current one: one reference behind a lock that nobody holds for longer than it takes to copy it.
final class Service: Sendable {
    private let current: Mutex<DecisionEngine>
    private let company: Mutex<Company>
    private let input = Mutex(LineReader())
    private let output = Mutex(FileHandle.standardOutput)

    init(_ company: Company) {
        current = Mutex(company.engine())
        self.company = Mutex(company)
    }

    private var engine: DecisionEngine { current.withLock { $0 } }

    /// Answers until there is nothing more to read.
    func work() {
        // An evaluator remembers what it has worked out, and belongs to one thread: each has its own for as long as
        // its engine is the current one.
        var evaluator = engine.evaluator()
        while let batch = input.withLock({ $0.next() }) {
            adopt(engine, &evaluator)
            var answers = ""
            for (number, line) in zip(batch.first..., batch.lines) {
                answers += "\(number) \(answer(line, &evaluator))\n"
            }
            write(answers)
        }
    }

    /// Goes on with an engine, if it is another: what an old one knows is no longer so.
    private func adopt(_ engine: DecisionEngine, _ evaluator: inout Evaluator) {
        if engine !== evaluator.engine { evaluator = engine.evaluator() }
    }

    private func answer(_ line: Result<String, Refusal>, _ evaluator: inout Evaluator) -> String {
        do throws(Refusal) {
            switch try Line(line.get()) {
            case .can(let subject, let action, let resource, let details):
                let request = Request(
                    subject: subject, action: action, resource: resource,
                    context: try context(details, evaluator.engine),
                    at: try time(details, evaluator.engine))
                return evaluator.decision(on: request).text(in: evaluator.engine.program.zone)
            case .who(let action, let resource, let details):
                let engine = evaluator.engine
                let people = engine.whoCan(
                    action, resource, context: try context(details, engine),
                    at: try time(details, engine))
                return people.isEmpty ? "nobody" : people.map(\.name).joined(separator: " ")
            case .entity: throw Refusal("entities come with the facts")
            case let line: return try record(line, &evaluator)
            }
        } catch {
            return "error: \(error.text)"
        }
    }

    // MARK: What is asked

    /// The circumstances as the policy types them.
    ///
    /// To the engine, what doesn't fit is unknown, which denies where it matters. Whoever sent it should be told.
    private func context(
        _ details: Line.Details, _ engine: DecisionEngine
    ) throws(Refusal) -> [String: Value] {
        let vocabulary = engine.program.vocabulary
        var context: [String: Value] = [:]
        for (name, raw) in details.values.sorted(by: { $0.key < $1.key }) {
            guard let declaration = vocabulary.contexts[name] else {
                throw Refusal("the policy has no circumstance \(quoted(name))")
            }
            context[name] = try Refusal.of { () throws(FactProblem) in
                try vocabulary.value(
                    raw, as: declaration.type, name: name, zone: engine.program.zone)
            }
        }
        return context
    }

    private func time(
        _ details: Line.Details, _ engine: DecisionEngine
    ) throws(Refusal) -> Instant {
        guard let text = details.time else { return .now }
        guard let instant = TimeText.instant(text, in: engine.program.zone) else {
            throw Refusal(FactProblem(.malformedTime(text)))
        }
        return instant
    }

    // MARK: Recording

    /// Records an event and puts an engine that knows of it in the old one's place.
    ///
    /// Other threads answer from the old one meanwhile. Whoever asks after the answer is answered from the new one.
    private func record(_ line: Line, _ evaluator: inout Evaluator) throws(Refusal) -> String {
        let isNew = try company.withLock { company throws(Refusal) in
            guard try company.record(line) else { return false }
            // Under the same lock, so that no event's engine is put in the place of a later one's.
            replace(with: company.engine())
            return true
        }
        adopt(engine, &evaluator)
        return isNew ? "recorded" : "recorded before"
    }

    private func replace(with new: DecisionEngine) {
        // Let go outside the lock: taking a large engine down takes time.
        _ = current.withLock { current in
            let old = current
            current = new
            return old
        }
    }

    private func write(_ answers: String) {
        output.withLock { output in
            do {
                try output.write(contentsOf: Data(answers.utf8))
            } catch {
                // Nobody hears the answers.
                exit(1)
            }
        }
    }
}
