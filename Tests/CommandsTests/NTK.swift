import Foundation
import Synchronization
import TestSupport
import Testing

/// Runs the real `ntk`, as a person would.
struct NTK {
    /// What a run gave.
    struct Output {
        let status: Int32
        let stdout: String
        let stderr: String
    }

    /// The folder it keeps its ledger in.
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Where the ledger lies.
    var ledger: String { folder.path("test.ledger") }

    /// The executable, built beside the tests.
    private static let executable: URL = {
        let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = tests.appending(path: "ntk")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return Fixtures.root.appending(path: ".build/debug/ntk")
    }()

    /// The executable's path, for scripts.
    static var path: String { executable.path }

    @discardableResult
    func run(_ arguments: String..., language: String = "C.UTF-8") async throws -> Output {
        try await run(arguments, language: language)
    }

    /// Runs it without holding up a thread that other tests need; `input` comes from its standard input.
    func run(
        _ arguments: [String], language: String = "C.UTF-8", input: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> Output {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = Fixtures.root
        process.environment = ["NTK_LEDGER": ledger, "LC_ALL": language]
            .merging(environment) { $1 }
        let files = try ["stdout", "stderr"].map { name in
            let path = folder.path("\(name)-\(UUID().uuidString)")
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return (path, try #require(FileHandle(forWritingAtPath: path)))
        }
        process.standardInput = FileHandle.nullDevice
        if let input {
            let path = try file("stdin-\(UUID().uuidString)", input)
            process.standardInput = FileHandle(forReadingAtPath: path)
        }
        process.standardOutput = files[0].1
        process.standardError = files[1].1
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do { try process.run() } catch { done.resume(throwing: error) }
        }
        let texts = try files.map { try String(contentsOfFile: $0.0, encoding: .utf8) }
        return Output(status: process.terminationStatus, stdout: texts[0], stderr: texts[1])
    }

    /// One that runs until it is asked to stop.
    final class Running: @unchecked Sendable {
        // INVARIANT: the process is only asked and told what `Process` lets any thread.
        private let process = Process()
        private let paths: [String]

        fileprivate init(_ ntk: NTK, _ arguments: [String]) throws {
            paths = ["stdout", "stderr"].map { ntk.folder.path("\($0)-\(UUID().uuidString)") }
            for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
            process.executableURL = NTK.executable
            process.arguments = arguments
            process.currentDirectoryURL = Fixtures.root
            process.environment = ["NTK_LEDGER": ntk.ledger, "LC_ALL": "C.UTF-8"]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle(forWritingAtPath: paths[0])
            process.standardError = FileHandle(forWritingAtPath: paths[1])
            try process.run()
        }

        deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

        /// Asks it to stop.
        func terminate() { process.terminate() }

        /// What it has written so far, to standard output and to standard error.
        var written: String {
            get throws {
                try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
            }
        }

        /// Waits for its end.
        func output() async throws -> Output {
            while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
            let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
            return Output(status: process.terminationStatus, stdout: texts[0], stderr: texts[1])
        }
    }

    /// Starts it.
    func start(_ arguments: [String]) throws -> Running { try Running(self, arguments) }

    /// Runs it, and kills it after a while if it is still at it; says whether it had ended by itself.
    ///
    /// Where asked for, the while begins when it first writes to the ledger: what it does with other systems comes then.
    func runKilled(
        _ arguments: [String], after delay: Duration, ofWriting: Bool = false
    ) async throws -> Bool {
        let log = ledger + "-wal"
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = Fixtures.root
        process.environment = ["NTK_LEDGER": ledger, "LC_ALL": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let isOver = Mutex(false)
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do { try process.run() } catch { return done.resume(throwing: error) }
            let id = process.processIdentifier
            // A thread of its own: other tests' computing would keep a task from noticing in time.
            Thread.detachNewThread {
                while ofWriting, Self.size(of: log) < Self.sizeOfWriting, !isOver.withLock({ $0 }) {
                    Thread.sleep(forTimeInterval: 0.000_2)
                }
                Thread.sleep(forTimeInterval: delay / .seconds(1))
                isOver.withLock { if !$0 { kill(id, SIGKILL) } }
            }
        }
        isOver.withLock { $0 = true }
        return process.terminationReason == .exit
    }

    /// From which size on the log beside a ledger holds something recorded: opening writes two pages.
    private static let sizeOfWriting = 16_384

    private static func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.size] as? Int ?? 0
    }

    /// Imports the whole of Aoba, as the demo does.
    func importAoba() async throws -> Output {
        try await run(
            "import", "--policy", "policies/aoba.ntk", "--mapping", "examples/aoba/directory.yaml",
            "--as-of", "2025-12-01", "examples/aoba/people.ldif", "examples/aoba/organisations.csv",
            "examples/aoba/resources.csv", "examples/aoba/events.jsonl")
    }

    /// Where a file of that name in the folder is, or would be.
    func path(_ name: String) -> String { folder.path(name) }

    /// Writes a file into the folder and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder.path(name)
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
