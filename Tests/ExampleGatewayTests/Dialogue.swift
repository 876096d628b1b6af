import Foundation
import TestSupport

/// A running gateway, spoken to as a client would.
final class Dialogue {
    private let process = Process()
    private let input = Pipe()
    private let folder: TemporaryFolder
    private let output: FileHandle
    private var unread: [UInt8] = []
    private let ends: AsyncStream<Int32>

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
        func path(_ name: String, _ text: String?) throws -> String {
            guard let text else {
                return Fixtures.root.appending(path: "examples/gateway/\(name)").path
            }
            return try folder.write(Array(text.utf8), to: name)
        }
        func handle(_ name: String) throws -> FileHandle {
            try FileHandle(forWritingTo: URL(filePath: folder.write([], to: name)))
        }
        self.folder = folder
        process.executableURL = Self.executable
        process.arguments = [try path("policy.ntk", policy), try path("facts.txt", facts)]
        // Not the pipe itself: with this end open here too, a gateway that has ended can't stop the tests by a
        // signal when they write to it.
        process.standardInput = input.fileHandleForReading
        // A file and no pipe: what is in it once the gateway has ended is all there is.
        process.standardOutput = try handle("stdout")
        process.standardError = try handle("stderr")
        output = try FileHandle(forReadingFrom: URL(filePath: folder.path("stdout")))
        let (ends, end) = AsyncStream<Int32>.makeStream()
        self.ends = ends
        process.terminationHandler = { end.yield($0.terminationStatus) }
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Says a line, and gives the answer without its number.
    func ask(_ line: String) async throws -> String? {
        try say(Array((line + "\n").utf8))
        return try await answer().text
    }

    /// Writes to its standard input.
    func say(_ bytes: [UInt8]) throws { try input.fileHandleForWriting.write(contentsOf: bytes) }

    /// Waits for the next answer, whichever line it is to.
    func answer() async throws -> (number: Int, text: String) {
        while true {
            if let answer = try nextAnswer() { return answer }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// The next answer, if there is one by now.
    func nextAnswer() throws -> (number: Int, text: String)? {
        unread += try output.readToEnd() ?? Data()
        guard let end = unread.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        let parts = line.split(separator: " ", maxSplits: 1)
        let number = parts.first.flatMap { Int($0) } ?? 0
        return (number, parts.count < 2 ? "" : String(parts[1]))
    }

    /// Says no more, and waits for it to end: with what status, and what it said on its standard error.
    func end() async throws -> (status: Int32?, errors: String) {
        try input.fileHandleForWriting.close()
        let status = await ends.first { _ in true }
        return (status, String(decoding: try folder.read("stderr"), as: UTF8.self))
    }
}
