import Diagnostics
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram

/// What libFuzzer calls before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    Canary.prepareForOverflow()
    return 0
}

/// Reads bytes as a policy and, if nothing is wrong with it, compiles it.
///
/// Whatever the bytes are, reading must come to an end, within bounds, with a policy or with something to
/// say; and what reading accepts, the compiler must take.
@_cdecl("LLVMFuzzerTestOneInput")
public func readPolicy(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard Canary.planted == nil else {
        Canary.look(at: bytes)
        return 0
    }
    let source = SourceText(name: "fuzz.ntk", bytes: bytes)
    let result = PolicyReader.read([source], file: { _ in nil }, zone: zone)
    guard let policy = result.policy else {
        precondition(result.diagnostics.hasErrors, "a policy is refused and nothing is said")
        return 0
    }
    do throws(ProgramFormatError) {
        _ = try PolicyCompiler.compile(policy)
    } catch {
        preconditionFailure("what reads does not compile: \(error.reason)")
    }
    return 0
}

/// The zones that the corpus speaks of.
private func zone(_ name: String) -> ZoneTable? {
    switch name {
    case "UTC": .utc
    case "Asia/Tokyo": ZoneTable(name: name, initialOffsetSeconds: 9 * 3_600)
    default: nil
    }
}
