import Foundation

/// JSON as every answer prints it: keys sorted, one form for the same value.
package enum JSONText {
    /// A value as JSON text, with a newline at its end.
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
