import Foundation
import NeedToKnow

/// An engine's snapshot in a file, as a gateway opens it.
struct SnapshotOnDisk {
    private let path: String
    let byteCount: Int

    init(of engine: DecisionEngine) throws {
        guard let image = engine.snapshotImage() else {
            fatalError("the engine was made by changes")
        }
        path = NSTemporaryDirectory() + "/decisions-\(UUID().uuidString).snapshot"
        byteCount = image.byteCount
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try image.write { try file.write(contentsOf: Data($0)) }
        try file.synchronize()
        try file.close()
    }

    /// Opens it, mapped and not read.
    func open(_ program: Program, _ digest: ProgramDigest, checking: SnapshotChecking) throws
        -> DecisionEngine
    {
        let file = Glibc.open(path, O_RDONLY)
        defer { close(file) }
        guard let memory = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, file, 0),
            memory != MAP_FAILED
        else { fatalError("\(path) can't be mapped") }
        let count = byteCount
        nonisolated(unsafe) let mapped = memory
        return try DecisionEngine(
            program: program, digest: digest,
            snapshot: SnapshotBytes(
                borrowing: UnsafeRawBufferPointer(start: memory, count: count)
            ) { munmap(mapped, count) }, checking: checking)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// What the system says of this process.
enum ProcessMemory {
    /// A line of its status, such as `VmRSS`, in bytes.
    static func bytes(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        let number = line?.split(whereSeparator: { !$0.isNumber }).first
        return (number.flatMap { Int($0) } ?? 0) * 1024
    }

    static func text(_ bytes: Int) -> String {
        let hundredths = bytes * 100 / (1 << 30)
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) GiB"
    }
}
