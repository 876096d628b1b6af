import Diagnostics
import Foundation

/// Keeps the bad records of a file where its owner can mend them: beside the file, as `NAME.set-aside`.
enum SetAside {
    /// Writes the bad records of each file, and gives the names written with how many records each has.
    static func write(_ gathered: Gathered) throws -> [(path: String, count: Int)] {
        var written: [(path: String, count: Int)] = []
        for (index, lines) in gathered.badLines.sorted(by: { $0.key < $1.key })
        where !lines.isEmpty && gathered.sources.indices.contains(index) {
            let source = gathered.sources[index]
            let path = unusedPath(source.name + ".set-aside")
            do {
                // As private as the ledger; never in the place of what is there.
                try Data(text(of: lines, in: source)).write(
                    to: URL(filePath: path), options: .withoutOverwriting)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: path)
            } catch {
                throw CommandFailure(
                    .systemFailed, "\(path) can't be written; nothing was recorded",
                    "\(path) に書き込めません。何も記録していません")
            }
            written.append((path, lines.count))
        }
        return written
    }

    /// The path, or with a number where it is taken: what was set aside before may be half mended.
    private static func unusedPath(_ path: String) -> String {
        var candidate = path
        var number = 2
        while FileManager.default.fileExists(atPath: candidate) {
            candidate = "\(path)-\(number)"
            number += 1
        }
        return candidate
    }

    private static func text(of lines: Set<Int>, in source: SourceText) -> [UInt8] {
        let newline = [UInt8(ascii: "\n")]
        switch URL(filePath: source.name).pathExtension.lowercased() {
        case "ldif":
            return lines.sorted().flatMap { record(from: $0, in: source) + newline }
        case "csv":
            return Array(source.bytes(ofLine: 1)) + newline
                + lines.subtracting([1]).sorted().flatMap { row(from: $0, in: source) }
        default:
            return lines.sorted().flatMap { Array(source.bytes(ofLine: $0)) + newline }
        }
    }

    /// An LDIF record ends before the next blank line.
    private static func record(from first: Int, in source: SourceText) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in first...max(first, source.lineCount) {
            let text = source.bytes(ofLine: line)
            if text.isEmpty { break }
            bytes += Array(text) + [UInt8(ascii: "\n")]
        }
        return bytes
    }

    /// A CSV row goes on while a quotation mark is open.
    private static func row(from first: Int, in source: SourceText) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in first...max(first, source.lineCount) {
            bytes += Array(source.bytes(ofLine: line)) + [UInt8(ascii: "\n")]
            if bytes.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) { break }
        }
        return bytes
    }
}
