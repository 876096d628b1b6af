import Dispatch
import NeedToKnow
import Synchronization

/// Several threads that decide at once, each with an evaluator of its own.
enum Threads {
    static func decisionsPerSecond(
        _ engine: DecisionEngine, _ requests: [ResolvedRequest], threads: Int
    ) -> Double {
        let rounds = 20
        let permitted = Atomic<Int>(0)
        // Everybody has met every class before the clock starts.
        let ready = DispatchSemaphore(value: 0)
        let start = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<threads {
            DispatchQueue.global().async {
                var evaluator = engine.evaluator()
                var count = 0
                for request in requests { count += evaluator.decide(request).isPermitted ? 1 : 0 }
                ready.signal()
                start.wait()
                for _ in 0..<rounds {
                    for request in requests {
                        count += evaluator.decide(request).isPermitted ? 1 : 0
                    }
                }
                permitted.add(count, ordering: .relaxed)
                done.signal()
            }
        }
        for _ in 0..<threads { ready.wait() }
        let clock = ContinuousClock()
        let begin = clock.now
        for _ in 0..<threads { start.signal() }
        for _ in 0..<threads { done.wait() }
        let (seconds, attoseconds) = (clock.now - begin).components
        precondition(permitted.load(ordering: .relaxed) > 0)
        let time = Double(seconds) + Double(attoseconds) / 1e18
        return Double(threads * rounds * requests.count) / time
    }
}
