import Diagnostics
import PolicyLanguage
import TestSupport

/// Takes bytes for the choices of which a valid policy is made, and lays it out by more of them.
///
/// Parsing it, formatting it and parsing that must be the identity: the same words, comments and nodes, the same
/// checked policy; and formatting once must be enough.
@_cdecl("LLVMFuzzerTestOneInput")
public func formatPolicy(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var choices = unsafe SplitMix64(choices: Array(UnsafeBufferPointer(start: start, count: count)))
    guard let sample = RandomCase(&choices), let checked = sample.checked else { return -1 }
    var layout = RandomLayout(sample.policy.text)
    let text = layout.text(&choices)
    let source = SourceText(name: "fuzz.ntk", text: text)
    let complaints = FormattingLaws.complaints(about: source)
    precondition(complaints.isEmpty, "formatting breaks a promise: \(complaints)\n\(text)")
    let formatted = Fixtures.read(PolicyFormatter.format(source).text).policy
    precondition(
        formatted?.withoutPlaces == checked.withoutPlaces,
        "formatting changes the meaning of\n\(text)")
    return 0
}
