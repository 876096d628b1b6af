import DecisionEngine
import Artifacts
import Diagnostics
import DiagnosticText
import Foundation
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import SystemTime

/// A policy that has been read and compiled.
struct CompiledPolicy {
    let checked: CheckedPolicy
    let program: Program
    let digest: ProgramDigest
    /// All files it was read from, the standard vocabulary among them.
    let sources: [SourceText]
    /// The files it was read from that are its own.
    let ownSources: [SourceText]
}

/// Reads policies from files, and from the ledger that has adopted them.
enum PolicyFiles {
    /// Reads and checks the policy in a file, and files of scenarios beside it; reports what there is to say.
    static func read(_ path: String, scenarios: [String] = []) throws -> PolicyReader.Result {
        let beside = try scenarios.map(FileReading.source(at:))
        return PolicyReader.read(
            [try FileReading.source(at: path)], scenarios: beside, file: files(beside: path),
            zone: { SystemZones.table(named: $0) })
    }

    /// Reads the policy in a file and makes every sure fix in its own files.
    ///
    /// They are written once all is mended, each whole or not at all.
    static func mend(_ path: String) throws -> PolicyMender.Result {
        let result = PolicyMender.mend(
            [try FileReading.source(at: path)], file: files(beside: path),
            zone: { SystemZones.table(named: $0) })
        for (before, after) in result.changed {
            do {
                try TextFile.replace(after.name, holding: before.bytes, with: after.bytes)
            } catch {
                throw failure(error, of: after.name)
            }
        }
        return result
    }

    private static func failure(_ error: ArtifactError, of path: String) -> CommandFailure {
        if case .changedMeanwhile = error {
            return CommandFailure(
                .systemFailed, "\(path) was changed by somebody else meanwhile; try again",
                "\(path) が途中で書き換えられました。もう一度実行してください")
        }
        return CommandFailure(
            .systemFailed, "\(path) can't be mended: \(error)", "\(path) を直せません: \(error)")
    }

    private static func files(beside path: String) -> (String) -> SourceText? {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return { name in
            let beside = folder.appending(path: "\(name).ntk").relativePath
            return try? FileReading.source(at: beside)
        }
    }

    /// Reads, checks and compiles; prints the mistakes and fails where there are any.
    static func compile(
        _ path: String, scenarios: [String] = [], console: Console
    ) throws -> CompiledPolicy {
        let result = try read(path, scenarios: scenarios)
        return try compile(result, console: console)
    }

    /// Compiles a policy from the files the ledger keeps of it.
    static func compile(
        adopted files: [SourceText], console: Console
    ) throws -> CompiledPolicy {
        let others = Dictionary(files.dropFirst().map { ($0.name, $0) }) { first, _ in first }
        let result = PolicyReader.read(
            Array(files.prefix(1)), file: { name in others["\(name).ntk"] },
            zone: { SystemZones.table(named: $0) })
        return try compile(result, console: console)
    }

    /// Compiles what was read; prints the mistakes and fails where there are any.
    static func compile(
        _ result: PolicyReader.Result, console: Console
    ) throws -> CompiledPolicy {
        guard let policy = result.policy else {
            report(result, console: console, isWhole: false)
            throw CommandEnd(exit: .badInput)
        }
        do {
            let program = try PolicyCompiler.compile(policy)
            let standard = PolicyReader.standardVocabulary
            return CompiledPolicy(
                checked: policy, program: program, digest: ProgramDigest(of: program),
                sources: result.sources,
                ownSources: result.sources[..<result.scenarioSources.lowerBound]
                    .filter { $0 != standard })
        } catch {
            throw CommandFailure(
                .badInput, "the policy nests conditions deeper than an evaluation can follow",
                "ポリシーの条件の入れ子が深すぎて評価できません")
        }
    }

    /// Prints what there is to say about a policy; on a terminal the first of it.
    static func report(_ result: PolicyReader.Result, console: Console, isWhole: Bool) {
        guard !result.diagnostics.isEmpty else { return }
        let renderer = DiagnosticRenderer(
            sources: result.sources, language: console.language, usesColour: console.isTerminal)
        let limit = console.isTerminal && !isWhole ? DiagnosticRenderer.firstOnTerminal : nil
        let name = result.sources.first.map { Visible.text($0.name) } ?? ""
        console.message(
            renderer.text(of: result.diagnostics, limit: limit)
                + "\n\(name): \(renderer.count(of: result.diagnostics))\n")
    }
}
