import Foundation

extension String {
    /// The text in normalization form C, as facts have it.
    package var inNFC: String {
        utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
    }
}
