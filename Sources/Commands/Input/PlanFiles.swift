import Diagnostics
import DiagnosticText
import Enforcement
import Facts

/// Reads plans that `ntk plan --json` wrote.
enum PlanFiles {
    static func read(_ path: String, zone: ZoneTable) throws -> PlanFile {
        let source = try FileReading.source(at: path)
        do throws(PlanFileError) {
            return try PlanFile(source.bytes, zone: zone)
        } catch {
            let problem = Visible.text("\(error)")
            throw CommandFailure(
                .badInput, "\(path) is no plan that `ntk plan --json` wrote: \(problem)",
                "\(path) は `ntk plan --json` の計画として読めません: \(problem)")
        }
    }
}
