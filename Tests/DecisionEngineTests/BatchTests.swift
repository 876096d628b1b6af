import DecisionEngine
import Facts
import TestSupport
import Testing

@Suite("Many requests at once")
struct BatchTests {
    private let engine: DecisionEngine
    private let requests: [Request]

    init() throws {
        engine = try Laboratory().engine(guests: ["guest"])
        requests = ["ito", "sato", "guest", "nobody"].flatMap { subject in
            ["view", "print", "fly"].flatMap { action in
                ["plan", "recipe", "nothing"].map { resource in
                    Request(
                        subject: subject, action: action, resource: resource,
                        context: ["device.kind": .symbol("managed")], at: Laboratory.now)
                }
            }
        }
    }

    @Test("are decided as each by itself, in their order")
    func asEachByItself() {
        let decisions = engine.decide(requests)
        #expect(decisions == requests.map { engine.decide($0) })
        #expect(Set(decisions.map(\.basis)).count > 2)
    }

    @Test("are decided by handles, in the room that there is")
    func byHandles() {
        let resolved = requests.compactMap(engine.resolve)
        #expect(resolved.count > 5 && resolved.count < requests.count)
        var evaluator = engine.evaluator()
        var verdicts: [Verdict] = []
        for _ in 0..<2 {
            evaluator.decide(resolved, into: &verdicts)
            #expect(verdicts.map(\.basis) == resolved.map { evaluator.decide($0).basis })
            #expect(
                verdicts.map(\.validUntil) == resolved.map { evaluator.decide($0).validUntil })
        }
    }
}
