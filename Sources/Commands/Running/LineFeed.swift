import Foundation
import Synchronization

/// Lines that come from standard input, as they come.
final class LineFeed: Sendable {
    /// What arrives.
    enum Item: Sendable {
        case line([UInt8])
        /// A line that was longer than any may be: it was left out.
        case tooLong
        /// There will be no more; with what the system says where that is not because it ended.
        case end(failure: String?)
    }

    private struct State {
        var items: [Item] = []
        var bytes = 0
        var isOver = false
    }

    /// The longest line that is taken, in bytes.
    static let longestLine = 1 << 20
    /// How many bytes wait at most; then whoever writes them waits too.
    private static let mostBytesWaiting = 16 << 20

    private let state = Mutex(State())

    /// Reads on a thread of its own from now on.
    init() {
        Thread.detachNewThread { [self] in read() }
    }

    /// Whether all has been taken, and there will be no more.
    var isOver: Bool { state.withLock { $0.isOver && $0.items.isEmpty } }

    /// Takes some of what waits, in order.
    func take(most: Int) -> [Item] {
        state.withLock { state in
            let taken = Array(state.items.prefix(most))
            state.items.removeFirst(taken.count)
            state.bytes -= taken.reduce(0) { $0 + $1.size }
            return taken
        }
    }

    /// Puts back what could not be dealt with, before all that waits.
    func putBack(_ items: [Item]) {
        state.withLock { state in
            state.items = items + state.items
            state.bytes += items.reduce(0) { $0 + $1.size }
        }
    }

    private func read() {
        var line: [UInt8] = []
        var isTooLong = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            // Gives what there is: a line is not to wait for the next ones.
            let count = unsafe Foundation.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                usleep(10_000)
                continue
            }
            if count <= 0 {
                add(line, isTooLong: isTooLong)
                let failure = count < 0 ? unsafe String(cString: strerror(errno)) : nil
                return add(.end(failure: failure))
            }
            for byte in buffer[..<count] {
                if byte == UInt8(ascii: "\n") {
                    add(line, isTooLong: isTooLong)
                    line = []
                    isTooLong = false
                } else if line.count < Self.longestLine {
                    line.append(byte)
                } else {
                    isTooLong = true
                }
            }
        }
    }

    private func add(_ line: [UInt8], isTooLong: Bool) {
        if isTooLong { return add(.tooLong) }
        let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
        if !isBlank { add(.line(line)) }
    }

    private func add(_ item: Item) {
        while state.withLock({ $0.bytes >= Self.mostBytesWaiting }) { usleep(10_000) }
        state.withLock { state in
            state.items.append(item)
            state.bytes += item.size
            if case .end = item { state.isOver = true }
        }
    }
}

extension LineFeed.Item {
    fileprivate var size: Int {
        if case .line(let line) = self { line.count } else { 0 }
    }
}
