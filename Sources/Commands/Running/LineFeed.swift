import Foundation
import Synchronization

/// Lines that come from standard input, as they come.
final class LineFeed: Sendable {
    private struct State {
        var lines: [[UInt8]] = []
        var isOver = false
    }

    /// The longest line that is taken, in bytes.
    private static let longestLine = 1 << 20
    /// How many lines wait at most; then whoever writes them waits too.
    private static let mostWaiting = 10_000

    private let state = Mutex(State())

    /// Reads on a thread of its own from now on.
    init() {
        Thread.detachNewThread { [self] in
            var rest: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while rest.count <= Self.longestLine {
                // Gives what there is: a line is not to wait for the next ones.
                let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
                guard count > 0 else { break }
                rest += buffer[..<count]
                var lines = rest.split(
                    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                rest = Array(lines.removeLast())
                add(lines.map { Array($0) })
            }
            add([rest])
            state.withLock { $0.isOver = true }
        }
    }

    /// Whether there will be no more.
    var isOver: Bool { state.withLock { $0.isOver && $0.lines.isEmpty } }

    /// Takes the lines that wait.
    func take() -> [[UInt8]] {
        state.withLock { state in
            defer { state.lines = [] }
            return state.lines
        }
    }

    private func add(_ lines: [[UInt8]]) {
        let lines = lines.filter { line in
            !line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
        }
        while state.withLock({ $0.lines.count >= Self.mostWaiting }) { usleep(10_000) }
        state.withLock { $0.lines += lines }
    }
}
