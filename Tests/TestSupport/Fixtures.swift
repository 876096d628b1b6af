public import Diagnostics
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

    /// A zone whose summer time, in 2026, skips the midnight of 5 April and has that of 25 October twice.
    public static let midnight = ZoneTable(
        name: "Test/Midnight", initialOffsetSeconds: -3 * 3_600,
        transitions: [
            .init(instant: utc("2026-04-05T03:00:00Z"), offsetSeconds: -2 * 3_600),
            .init(instant: utc("2026-10-25T03:00:00Z"), offsetSeconds: -3 * 3_600),
        ])

    private static func utc(_ text: String) -> Instant {
        TimeText.instant(text, in: .utc) ?? .distantPast
    }

    /// Reads a policy from text, and scenarios beside it, with the zones tests use.
    ///
    /// What most tests read is a piece of a policy, or was written by chance: what is probably not meant is said only
    /// where `findings` are asked for.
    public static func read(
        _ text: String, name: String = "test.ntk", scenarios: [SourceText] = [],
        findings: Bool = false
    ) -> PolicyReader.Result {
        PolicyReader.read(
            [SourceText(name: name, text: text)], scenarios: scenarios, findings: findings,
            file: { _ in nil },
            zone: zone)
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
        case "Test/Midnight": midnight
        default: nil
        }
    }
}
