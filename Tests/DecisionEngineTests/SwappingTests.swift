import DecisionEngine
import Facts
import Foundation
import PolicyProgram
import Synchronization
import Testing

@Suite("Engines that are replaced while others decide")
struct SwappingTests {
    /// What threads share: one reference, and whether to go on.
    // Sendable although it has a variable: the lock is held whenever that is touched. A `Mutex` would do without; the
    // thread sanitizer doesn't see those on Linux.
    private final class Shared: @unchecked Sendable {
        private let lock = NSLock()
        private var current: DecisionEngine
        let isOver = Atomic<Bool>(false)
        let wrong = Atomic<Int>(0)
        let decided = Atomic<Int>(0)

        init(_ engine: DecisionEngine) { current = engine }

        var engine: DecisionEngine {
            get { lock.withLock { current } }
            set { lock.withLock { current = newValue } }
        }
    }

    @Test("answer each from its own facts alone")
    func answerFromTheirOwn() async throws {
        let laboratory = try Laboratory()
        // Guests are members of the project in every second engine.
        let engines = (0..<6).map { laboratory.engine(guests: $0 % 2 == 0 ? [] : ["abe", "ueno"]) }
        let shared = Shared(engines[0])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask { await SwappingTests.decide(shared) }
            }
            group.addTask {
                for round in 0..<600 {
                    shared.engine = engines[round % engines.count]
                    await Task.yield()
                }
                shared.isOver.store(true, ordering: .releasing)
            }
        }
        #expect(shared.wrong.load(ordering: .relaxed) == 0)
        #expect(shared.decided.load(ordering: .relaxed) > 1_000)
    }

    @concurrent
    private static func decide(_ shared: Shared) async {
        repeat {
            // One engine for a batch, and an evaluator of it.
            let engine = shared.engine
            var evaluator = engine.evaluator()
            let hasGuests = engine.sequence > 8
            for subject in ["ito", "sato", "abe", "ueno"] {
                let isGuest = subject == "abe" || subject == "ueno"
                let request = Request(
                    subject: subject, action: "view", resource: "recipe", at: Laboratory.now)
                for _ in 0..<16 {
                    let resolved = engine.resolve(request)
                    let isPermitted = resolved.map { evaluator.decide($0).isPermitted } ?? false
                    if isPermitted != (!isGuest || hasGuests) {
                        shared.wrong.add(1, ordering: .relaxed)
                    }
                    shared.decided.add(1, ordering: .relaxed)
                }
            }
            await Task.yield()
        } while !shared.isOver.load(ordering: .acquiring)
    }
}
