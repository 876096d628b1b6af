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
    /// The files it was read from that are its own, by their paths from its folder.
    let ownFiles: [(path: String, source: SourceText)]
}

/// Reads policies from files, and from the ledger that has adopted them.
enum PolicyFiles {
    /// Reads and checks the policy in a file, and files of scenarios beside it; reports what there is to say.
    static func read(_ path: String, scenarios: [String] = []) throws -> PolicyReader.Result {
        let beside = try scenarios.map(FileReading.source(at:))
        return PolicyReader.read(
            [try FileReading.source(at: path)], scenarios: beside, file: files(beside: path),
            folder: folders(beside: path), zone: { SystemZones.table(named: $0) })
    }

    /// Reads the policy in a file and makes every sure fix in its own files.
    ///
    /// They are written once all is mended, each whole or not at all.
    static func mend(_ path: String) throws -> PolicyMender.Result {
        let result = PolicyMender.mend(
            [try FileReading.source(at: path)], file: files(beside: path),
            folder: folders(beside: path), zone: { SystemZones.table(named: $0) })
        for (before, after) in result.changed {
            do {
                try TextFile.replace(after.name, holding: before.bytes, with: after.bytes)
            } catch {
                throw ArtifactFailure.failure(error)
            }
        }
        return result
    }

    private static func files(beside path: String) -> (String) -> SourceText? {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return { name in
            let beside = folder.appending(path: "\(name).ntk").relativePath
            return try? FileReading.source(at: beside)
        }
    }

    private static func folders(beside path: String) -> (String) -> [String]? {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return { name in policies(in: folder.appending(path: name), under: name) }
    }

    /// The paths of the policy files in a folder, in order; nil where it is none.
    private static func policies(in folder: URL, under path: String) -> [String]? {
        guard
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false))
        else { return nil }
        return names.filter { $0.hasSuffix(".ntk") && !$0.hasSuffix(".scenarios.ntk") }.sorted()
            .map { path.isEmpty ? $0 : "\(path)/\($0)" }
            .map { String($0.dropLast(4)) }
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
            Array(files.prefix(1)), findings: false, file: { name in others["\(name).ntk"] },
            folder: { name in
                let prefix = name.isEmpty ? "" : "\(name)/"
                let inside = others.keys.filter {
                    $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/")
                }
                return inside.isEmpty ? nil : inside.sorted().map { String($0.dropLast(4)) }
            },
            zone: { SystemZones.table(named: $0) })
        return try compile(result, console: console)
    }

    /// Compiles what was read; prints the mistakes and fails where there are any.
    static func compile(
        _ result: PolicyReader.Result, console: Console
    ) throws -> CompiledPolicy {
        guard let policy = result.policy else {
            let mistakes = result.diagnostics.filter { $0.severity == .error }
            report(mistakes, of: result, console: console, isWhole: false)
            throw CommandEnd(exit: .badInput)
        }
        do {
            let program = try PolicyCompiler.compile(policy)
            let standard = PolicyReader.standardVocabulary
            return CompiledPolicy(
                checked: policy, program: program, digest: ProgramDigest(of: program),
                sources: result.sources,
                ownFiles: zip(result.paths, result.sources)
                    .prefix(result.scenarioSources.lowerBound)
                    .filter { $1 != standard }.map { (path: $0, source: $1) })
        } catch {
            throw CommandFailure(
                .badInput, "the policy nests conditions deeper than an evaluation can follow",
                "ポリシーの条件の入れ子が深すぎて評価できません")
        }
    }

    /// Prints diagnostics of a policy; on a terminal the first of them.
    static func report(
        _ diagnostics: [Diagnostic], of result: PolicyReader.Result, console: Console,
        isWhole: Bool
    ) {
        guard !diagnostics.isEmpty else { return }
        let renderer = DiagnosticRenderer(
            sources: result.sources, language: console.language, usesColour: console.isTerminal)
        let limit = console.isTerminal && !isWhole ? DiagnosticRenderer.firstOnTerminal : nil
        let name = result.sources.first.map { Visible.text($0.name) } ?? ""
        console.message(
            renderer.text(of: diagnostics, limit: limit)
                + "\n\(name): \(renderer.count(of: diagnostics))\n")
    }
}
