import Diagnostics
import DiagnosticText
import DirectorySync
import Facts
import Yams

/// Reads how a directory's entries become facts, from YAML.
enum MappingFiles {
    /// What a decoder says, without the words of its own kind.
    private static func reason(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
        guard let cause = context.underlyingError else { return context.debugDescription }
        return "\(context.debugDescription): \(cause)"
    }

    /// What a reading is understood by: with another mapping or policy the same entries may say something else.
    static func basis(of path: String, policy: CompiledPolicy) throws -> [UInt8] {
        Array("\(policy.digest)\n".utf8) + (try FileReading.source(at: path).bytes)
    }

    static func read(_ path: String, vocabulary: Vocabulary) throws -> CheckedMapping {
        let source = try FileReading.source(at: path)
        let mapping: DirectoryMapping
        do {
            let text = String(decoding: source.bytes, as: UTF8.self)
            mapping = try YAMLDecoder().decode(DirectoryMapping.self, from: text)
        } catch {
            let reason = Visible.text(Self.reason(error))
            throw CommandFailure(
                .badInput, "\(path) is no directory mapping: \(reason)",
                "\(path) はディレクトリの対応づけとして読めません: \(reason)")
        }
        do throws(DirectoryError) {
            return try mapping.checked(against: vocabulary)
        } catch {
            throw DirectoryFailure.failure(error, of: path)
        }
    }
}
