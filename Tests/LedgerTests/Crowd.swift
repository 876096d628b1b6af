import Foundation
import Synchronization

/// Threads that begin together, each with work of its own.
enum Crowd {
    /// Runs `work` on `count` threads at once and waits for them all.
    ///
    /// - Parameters:
    ///   - count: how many threads.
    ///   - work: what each does; given its number.
    /// - Returns: what went wrong, as text.
    static func run(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Void) -> [String] {
        let failures = Failures()
        let done = DispatchGroup()
        let gate = NSCondition()
        let arrived = Arrivals()
        for number in 0..<count {
            done.enter()
            Thread {
                gate.lock()
                if arrived.add() == count { gate.broadcast() }
                while arrived.count < count { gate.wait() }
                gate.unlock()
                do {
                    try work(number)
                } catch {
                    failures.list.withLock { $0.append("\(error)") }
                }
                done.leave()
            }.start()
        }
        done.wait()
        return failures.list.withLock { $0 }
    }

    private final class Failures: Sendable {
        let list = Mutex<[String]>([])
    }

    private final class Arrivals: Sendable {
        private let number = Mutex(0)
        var count: Int { number.withLock { $0 } }

        func add() -> Int {
            number.withLock { number in
                number += 1
                return number
            }
        }
    }
}
