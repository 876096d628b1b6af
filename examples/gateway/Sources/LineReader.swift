import Foundation

/// Reads lines from standard input, as many at a time as have come, and none longer than it may be.
///
/// Neither `readLine()` nor `FileHandle` has a limit: one line without an end would fill the memory.
struct LineReader {
    /// The most bytes in a line, its end not counted.
    static let longest = 1_024

    /// Some lines that came together, or what is wrong with one.
    struct Batch {
        /// The number of the first, from 1.
        let first: Int
        let lines: [Result<String, Refusal>]
    }

    private var chunk = [UInt8](repeating: 0, count: 4_096)
    private var line: [UInt8] = []
    private var isTooLong = false
    private var isAtEnd = false
    private var count = 0

    /// Waits for the next lines; nil where there will be none.
    mutating func next() -> Batch? {
        var lines: [Result<String, Refusal>] = []
        while lines.isEmpty, !isAtEnd {
            let bytes = fill()
            for byte in bytes {
                if byte == UInt8(ascii: "\n") {
                    lines.append(finish())
                } else if line.count < Self.longest {
                    line.append(byte)
                } else {
                    isTooLong = true
                }
            }
            guard bytes.isEmpty else { continue }
            isAtEnd = true
            // What broke off may have been meant to go on: `can sato view plan` is the beginning of
            // `can sato view plan-b`.
            if !line.isEmpty { lines.append(.failure(Refusal("the last line has no end"))) }
        }
        defer { count += lines.count }
        return lines.isEmpty ? nil : Batch(first: count + 1, lines: lines)
    }

    /// The line that has just ended.
    private mutating func finish() -> Result<String, Refusal> {
        defer {
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        if isTooLong {
            return .failure(Refusal("the line is longer than \(Self.longest) bytes"))
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard let text = String(validating: line, as: UTF8.self) else {
            return .failure(Refusal("the line is not UTF-8"))
        }
        return .success(text)
    }

    /// What has come, without waiting for more; nothing at the end, or where reading fails.
    private mutating func fill() -> ArraySlice<UInt8> {
        var got: Int
        repeat {
            got = unsafe chunk.withUnsafeMutableBytes {
                unsafe read(STDIN_FILENO, $0.baseAddress, $0.count)
            }
        } while got < 0 && errno == EINTR
        return chunk[..<max(got, 0)]
    }
}
