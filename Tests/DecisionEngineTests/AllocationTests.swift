import AllocationCounter
import DecisionEngine
import Facts
import PolicyProgram
import Testing

@Suite("Deciding by handles")
struct AllocationTests {
    @Test("allocates nothing", .enabled(if: allocation_counter_is_there()))
    func allocatesNothing() throws {
        let engine = try Laboratory().engine()
        var requests: [ResolvedRequest] = []
        for subject in ["ito", "sato"] {
            for action in ["view", "print"] {
                for resource in ["plan", "recipe"] {
                    for device in ["managed", "travel"] {
                        let request = Request(
                            subject: subject, action: action, resource: resource,
                            context: ["device.kind": .symbol(device)], at: Laboratory.now)
                        requests.append(try #require(engine.resolve(request)))
                    }
                }
            }
        }
        var evaluator = engine.evaluator()
        // Whatever classes there are have been met once.
        #expect(permitted(of: requests, &evaluator, rounds: 1) > 0)

        // What counts is seen to count.
        var kept: [Box] = []
        kept.reserveCapacity(100)
        let start = allocation_counter_count()
        for number in 0..<100 { kept.append(Box(number)) }
        let control = allocation_counter_count()
        #expect(control - start >= 100)

        var verdicts: [Verdict] = []
        decide(requests, &evaluator, into: &verdicts, rounds: 2)
        let batch = allocation_counter_count()
        decide(requests, &evaluator, into: &verdicts, rounds: 1_000)
        let afterBatch = allocation_counter_count()
        #expect(afterBatch - batch == 0)
        #expect(verdicts.count == requests.count)

        let before = allocation_counter_count()
        let permitted = permitted(of: requests, &evaluator, rounds: 1_000)
        let after = allocation_counter_count()
        #expect(after - before == 0)
        #expect(permitted > 1_000)
        #expect(kept.count == 100)
    }

    private func decide(
        _ requests: [ResolvedRequest], _ evaluator: inout Evaluator,
        into verdicts: inout [Verdict], rounds: Int
    ) {
        var round = 0
        while round < rounds {
            evaluator.decide(requests, into: &verdicts)
            round += 1
        }
    }

    private func permitted(
        of requests: [ResolvedRequest], _ evaluator: inout Evaluator, rounds: Int
    ) -> Int {
        var count = 0
        for _ in 0..<rounds {
            // By place: a loop over the elements allocates by itself where nothing is optimised.
            var place = 0
            while place < requests.count {
                count += evaluator.decide(requests[place]).isPermitted ? 1 : 0
                place += 1
            }
        }
        return count
    }

    private final class Box {
        let number: Int
        init(_ number: Int) { self.number = number }
    }
}
