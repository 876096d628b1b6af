public import Foundation
public import Testing

/// Compares text with a file under `Tests/Fixtures`.
///
/// With `UPDATE_GOLDEN=1` in the environment the file is written anew and the test fails all the same, so
/// that nobody accepts a change without having looked at it.
public enum Golden {
    /// The folder of all fixtures.
    public static let folder = Fixtures.root.appending(path: "Tests/Fixtures")

    /// Records an issue unless `text` is what `path` holds.
    public static func check(
        _ text: String, against path: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: path)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record(
                "\(path) was written anew: look at the change", sourceLocation: sourceLocation)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "differs from \(path)", sourceLocation: sourceLocation)
    }

    /// The text of a fixture.
    public static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// The fixtures of a folder with this ending, by name without it, in order.
    public static func names(in path: String, endingWith ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
            .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }
}
