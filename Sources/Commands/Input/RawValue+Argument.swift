import Facts
import Foundation

extension RawValue {
    /// A value as it is written on the command line, in NFC: the members of a set with commas between them.
    init(argument: String, as type: ValueType?) {
        let text = argument.precomposedStringWithCanonicalMapping
        guard case .set = type else {
            self = .text(text)
            return
        }
        self = .list(text.split(separator: ",").map { .text(String($0)) })
    }
}
