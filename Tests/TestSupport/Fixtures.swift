import Diagnostics
public import Facts
public import Foundation
public import PolicyLanguage

/// Files of the repository that tests read.
public enum Fixtures {
    /// The repository's root.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Japan's zone, which has had one offset since 1951.
    public static let tokyo = ZoneTable(name: "Asia/Tokyo", initialOffsetSeconds: 9 * 3_600)

    /// Reads a policy from text, with the two zones tests use.
    public static func read(_ text: String, name: String = "test.ntk") -> PolicyReader.Result {
        PolicyReader.read([SourceText(name: name, text: text)], file: { _ in nil }, zone: zone)
    }

    /// Reads `policies/aoba.ntk`.
    public static func readAobaPolicy() throws -> PolicyReader.Result {
        let bytes = try Data(contentsOf: root.appending(path: "policies/aoba.ntk"))
        return PolicyReader.read(
            [SourceText(name: "aoba.ntk", bytes: Array(bytes))], file: { _ in nil }, zone: zone)
    }

    /// The zones tests use.
    public static func zone(_ name: String) -> ZoneTable? {
        switch name {
        case "Asia/Tokyo": tokyo
        case "UTC": .utc
        default: nil
        }
    }
}
