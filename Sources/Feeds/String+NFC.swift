import Foundation

extension String {
    /// The text in normalization form C, as the facts have it.
    var inNFC: String {
        utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
    }
}
