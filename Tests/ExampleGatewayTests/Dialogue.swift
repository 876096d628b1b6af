import Foundation
import TestSupport

/// A running gateway, spoken to as a client would.
final class Dialogue {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let folder: TemporaryFolder
    private var chunks: AsyncStream<Data>.Iterator
    private var ends: AsyncStream<Int32>.Iterator
    private var unread = Data()

    /// The executable, built beside the tests.
    private static let executable: URL = {
        let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = tests.appending(path: "example-gateway")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return Fixtures.root.appending(path: ".build/debug/example-gateway")
    }()

    /// Starts the gateway, with its own policy and facts, or with those of a test.
    init(policy: String? = nil, facts: String? = nil) throws {
        let folder = try TemporaryFolder()
        func path(_ text: String?, _ name: String) throws -> String {
            guard let text else {
                return Fixtures.root.appending(path: "examples/gateway/\(name)").path
            }
            return try folder.write(Array(text.utf8), to: name)
        }
        self.folder = folder
        process.executableURL = Self.executable
        process.arguments = [try path(policy, "policy.ntk"), try path(facts, "facts.txt")]
        // Not the pipe itself: with this end open here too, a gateway that has ended can't stop the tests by a
        // signal when they write.
        process.standardInput = input.fileHandleForReading
        process.standardOutput = output
        let errors = try folder.write([], to: "stderr")
        process.standardError = FileHandle(forWritingAtPath: errors)
        let (data, chunks) = AsyncStream<Data>.makeStream()
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard data.isEmpty else {
                chunks.yield(data)
                return
            }
            handle.readabilityHandler = nil
            chunks.finish()
        }
        self.chunks = data.makeAsyncIterator()
        let (statuses, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { end.yield($0.terminationStatus) }
        ends = statuses.makeAsyncIterator()
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Says a line, and gives the answer without its number.
    func ask(_ line: String) async throws -> String? {
        try say(line + "\n")
        return await answer()?.text
    }

    /// Writes to its standard input.
    func say(_ text: String) throws { try say(Data(text.utf8)) }

    /// Writes bytes to its standard input.
    func say(_ bytes: Data) throws { try input.fileHandleForWriting.write(contentsOf: bytes) }

    /// The next answer, whichever line it is to; nil where there are no more.
    func answer() async -> (number: Int, text: String)? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let parts = String(decoding: unread[..<end], as: UTF8.self)
                    .split(separator: " ", maxSplits: 1)
                unread = unread[(end + 1)...]
                let number = parts.first.flatMap { Int($0) } ?? 0
                return (number, parts.count < 2 ? "" : String(parts[1]))
            }
            guard let more = await chunks.next(isolation: #isolation) else { return nil }
            unread += more
        }
    }

    /// Says no more, and waits for it to end: with what status, and what it said on its standard error.
    func end() async throws -> (status: Int32?, errors: String) {
        try input.fileHandleForWriting.close()
        let status = await ends.next(isolation: #isolation)
        return (status, String(decoding: try folder.read("stderr"), as: UTF8.self))
    }
}
