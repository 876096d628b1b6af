/// A line with its continuations joined, and where it begins.
struct LDIFLine {
    let number: Int
    var bytes: [UInt8]
}

/// Cuts LDIF into records and joins folded lines.
struct LDIFReader {
    private let bytes: [UInt8]
    private let limits: LDIF.Limits
    private var position: Int
    private var number = 0

    init(bytes: [UInt8], limits: LDIF.Limits) {
        self.bytes = bytes
        self.limits = limits
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The lines of the next record, at least one, or what is wrong with it; nil at the end.
    mutating func next() -> Result<[LDIFLine], LDIFProblem>? {
        while true {
            let block = readBlock()
            if let problem = block.problem { return .failure(problem) }
            if !block.lines.isEmpty { return .success(block.lines) }
            if block.isLast { return nil }
        }
    }

    private struct Block {
        var lines: [LDIFLine] = []
        var problem: LDIFProblem?
        var isLast = false
        var size = 0
        var count = 0
        /// What a continuation would continue.
        var previous = Previous.nothing

        enum Previous {
            case nothing
            case comment
            case line
        }

        mutating func fail(_ line: Int, _ reason: LDIFProblem.Reason) {
            if problem == nil { problem = LDIFProblem(line: line, reason: reason) }
            lines = []
        }
    }

    /// Reads up to an empty line, also when something is wrong before it.
    private mutating func readBlock() -> Block {
        var block = Block()
        while let line = readLine() {
            if line.isEmpty { return block }
            add(line, to: &block)
        }
        block.isLast = true
        return block
    }

    private func add(_ line: ArraySlice<UInt8>, to block: inout Block) {
        block.size += line.count
        block.count += 1
        if block.problem != nil { return }
        if block.size > limits.recordBytes {
            return block.fail(number, .tooLarge(limit: limits.recordBytes))
        }
        if block.count > limits.recordLines {
            return block.fail(number, .tooManyLines(limit: limits.recordLines))
        }
        if line.contains(0) { return block.fail(number, .nul) }
        if line.contains(UInt8(ascii: "\r")) { return block.fail(number, .carriageReturn) }
        switch line.first {
        case UInt8(ascii: " "):
            switch block.previous {
            case .nothing: block.fail(number, .strayContinuation)
            case .comment: break
            case .line: block.lines[block.lines.count - 1].bytes += line.dropFirst()
            }
        case UInt8(ascii: "#"): block.previous = .comment
        default:
            block.lines.append(LDIFLine(number: number, bytes: Array(line)))
            block.previous = .line
        }
    }

    /// The next line without its end, which is LF or CR LF; nil at the end of the text.
    private mutating func readLine() -> ArraySlice<UInt8>? {
        guard position < bytes.count else { return nil }
        number += 1
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = bytes[position..<end]
        position = end + 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }
}
