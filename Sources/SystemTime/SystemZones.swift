package import Facts
import Foundation

/// The zones of the system's time-zone data.
package enum SystemZones {
    /// Where systems keep their time-zone data.
    package static let folder = "/usr/share/zoneinfo"

    /// More than any zone's file needs.
    private static let mostBytes = 1 << 20
    private static let longestName = 128

    /// The table of a zone, or nil where the system has no sound data for it.
    ///
    /// Changes that a zone repeats every year are worked out until the end of the year 2100. Zones that
    /// count leap seconds (`right/…`) are not read: instants here don't count them.
    ///
    /// - Parameters:
    ///   - name: the zone's name in the IANA database; letters, digits, `_`, `+`, `-` and `/` only.
    ///   - folder: where the data is.
    /// - Returns: the table, or nil.
    /// - Complexity: reads one small file.
    package static func table(named name: String, in folder: String = folder) -> ZoneTable? {
        guard isWellFormed(name),
            let file = FileHandle(forReadingAtPath: "\(folder)/\(name)")
        else { return nil }
        defer { try? file.close() }
        guard let bytes = try? file.read(upToCount: mostBytes + 1), bytes.count <= mostBytes else {
            return nil
        }
        return table(named: name, reading: Array(bytes))
    }

    /// The table that the bytes of a zone's file hold, or nil where they are damaged.
    ///
    /// - Complexity: linear in the number of bytes.
    package static func table(named name: String, reading bytes: [UInt8]) -> ZoneTable? {
        ZoneFile(bytes: bytes)?.table(named: name)
    }

    /// Whether `name` can be a zone's: one that could lead out of the folder can't.
    private static func isWellFormed(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= longestName
            && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(isNameByte) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
