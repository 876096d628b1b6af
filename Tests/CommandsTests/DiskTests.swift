import Foundation
import TestSupport
import Testing

/// Mounts that only one process and its children see.
enum OwnMounts {
    /// Whether this machine lets us mount a file system for ourselves.
    static let arePossible = status("mount -t tmpfs tmpfs /mnt", folder: "/") == 0

    static func status(_ script: String, folder: String) -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = ["-rm", "/bin/sh", "-c", script]
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// On a small file system of its own, in a mount namespace that only the test sees.
@Suite("A disk that is full, or can't be written", .enabled(if: OwnMounts.arePossible))
struct DiskTests {
    private let ntk: NTK

    init() throws {
        ntk = try NTK()
        try FileManager.default.createDirectory(
            atPath: ntk.folder.path("disk"), withIntermediateDirectories: false)
        _ = try ntk.file("small.ntk", Groups.policy)
        _ = try ntk.file("few.jsonl", events(0..<5))
        _ = try ntk.file("more.jsonl", events(10..<15))
        _ = try ntk.file("many.jsonl", events(100..<4_100))
    }

    private func events(_ numbers: Range<Int>) -> String {
        numbers.map {
            #"{"id":"j\#($0)","event":"joined","at":"2020-04-01","person":"p\#($0)","kind":"employee"}"#
                + "\n"
        }.joined()
    }

    /// Runs lines of a script beside a file system of 400 KiB; `step` names what a command of `ntk` said.
    private func run(_ steps: [(name: String, words: String)]) throws -> [String: NTK.Output] {
        var script = """
            mount -t tmpfs -o size=400k tmpfs disk || exit 9
            export NTK_LEDGER=$PWD/disk/t.ledger LC_ALL=C.UTF-8

            """
        for step in steps {
            script +=
                step.words.hasPrefix("mount ")
                ? step.words + "\n"
                : "\(NTK.path) \(step.words) >\(step.name).out 2>\(step.name).err; echo $? >\(step.name).status\n"
        }
        let status = OwnMounts.status(script, folder: ntk.folder.path(""))
        guard status == 0 else { throw Failure(status: status) }
        var outputs: [String: NTK.Output] = [:]
        for step in steps where !step.words.hasPrefix("mount ") {
            func text(_ ending: String) throws -> String {
                try String(contentsOfFile: ntk.folder.path(step.name + ending), encoding: .utf8)
            }
            outputs[step.name] = NTK.Output(
                status: Int32(try text(".status").trimmingCharacters(in: .whitespacesAndNewlines))
                    ?? -1,
                stdout: try text(".out"), stderr: try text(".err"))
        }
        return outputs
    }

    private struct Failure: Error {
        let status: Int32
    }

    @Test("that is full records nothing of what it has no room for, and takes what it has room for")
    func full() throws {
        let outputs = try run([
            ("adopt", "adopt small.ntk"), ("few", "import few.jsonl"),
            ("many", "import many.jsonl"),
            ("verify", "log verify"), ("more", "import more.jsonl"), ("after", "log verify"),
        ])
        #expect(outputs["few"]?.stdout == "recorded 5, known already 0, ledger sequence 6\n")
        #expect(outputs["many"]?.status == 4)
        #expect(outputs["many"]?.stderr.contains("no room is left") == true)
        #expect(outputs["many"]?.stderr.contains("nothing was recorded") == true)
        #expect(outputs["verify"]?.stdout == "6 entries, as recorded\n")
        #expect(outputs["more"]?.stdout == "recorded 5, known already 0, ledger sequence 11\n")
        #expect(outputs["after"]?.stdout == "11 entries, as recorded\n")
    }

    @Test("that can't be written still answers, and records nothing")
    func readOnly() throws {
        let outputs = try run([
            ("adopt", "adopt small.ntk"), ("few", "import few.jsonl"),
            ("remount", "mount -o remount,ro disk"), ("verify", "log verify"),
            ("can", "can p1 view d1"), ("plan", "plan more.jsonl"), ("more", "import more.jsonl"),
            ("again", "log head"),
        ])
        #expect(outputs["verify"]?.stdout == "6 entries, as recorded\n")
        #expect(outputs["can"]?.status == 1)
        #expect(outputs["can"]?.stdout.isEmpty == false)
        #expect(outputs["plan"]?.status == 0)
        #expect(outputs["more"]?.status == 4)
        #expect(outputs["more"]?.stderr.contains("lies where nothing can be written") == true)
        #expect(outputs["again"]?.stdout.hasPrefix("6 ") == true)
    }
}
