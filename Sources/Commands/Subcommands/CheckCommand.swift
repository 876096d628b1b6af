import ArgumentParser
import Artifacts
import DecisionEngine
import DiagnosticText
import Diagnostics
import Foundation
import PolicyLanguage

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a policy and reports every mistake in it.",
        discussion: """
            Warnings and notes say what is probably not meant; a rule accepts one by: accepts CODE "reason". --fix writes
            what can only have been meant, in the policy's own files, and leaves the rest to you. --json answers in SARIF
            2.1.0, which editors and CI services show. Examples:
              ntk check policies/aoba.ntk
              ntk check policies/aoba.ntk --lang ja --all
              ntk check policies/aoba.ntk --fix
              ntk check policies/aoba.ntk --deny-warnings
              ntk check policies/aoba.ntk --ast > aoba.json
              ntk check policies/aoba.ntk --event-schema > events.schema.json
              ntk check --show standard
            """)

    @Argument(help: "The policy's file.")
    var policy: String?

    @Flag(help: "On a terminal, show all mistakes and not only the first 20.")
    var all = false

    @Flag(help: "End with exit code 1 where there are warnings.")
    var denyWarnings = false

    @Flag(help: "Mend what can be mended without asking.")
    var fix = false

    @Option(help: ArgumentHelp("Print a vocabulary that comes with ntk.", valueName: "name"))
    var show: String?

    @Option(help: ArgumentHelp("Write the compiled program to a file.", valueName: "file"))
    var emit: String?

    @Flag(help: "Print the checked policy as JSON, for other programs: see docs/ast.md.")
    var ast = false

    @Flag(help: "Print the JSON Schema of the policy's events, as `ntk import` takes them.")
    var eventSchema = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !ast || policy != nil else { throw ValidationError("--ast needs a policy's file") }
        guard !eventSchema || policy != nil && !ast else {
            throw ValidationError("--event-schema needs a policy's file, and no --ast")
        }
        guard (policy == nil) != (show == nil) else {
            throw ValidationError("give a policy's file, or --show standard")
        }
        if fix, policy == nil {
            throw ValidationError("--fix needs a policy's file")
        }
        if let show, show != "standard" {
            throw ValidationError("--show knows only standard, not \(show)")
        }
    }

    func run() throws {
        let console = common.console
        guard let policy else {
            let standard = PolicyReader.standardVocabulary
            try console.result(String(decoding: standard.bytes, as: UTF8.self))
            return
        }
        let mending = fix ? try PolicyFiles.mend(policy) : nil
        let result = try mending?.reading ?? PolicyFiles.read(policy)
        if common.json, !ast, !eventSchema {
            try console.result(
                try JSONText.text(
                    SARIFLog(
                        result.diagnostics, sources: result.sources, mended: mending?.mended,
                        language: common.language, toolVersion: Product.version)))
        } else {
            if let mending {
                try console.result(MendingText(language: common.language).text(mending))
            }
            PolicyFiles.report(result.diagnostics, of: result, console: console, isWhole: all)
        }
        guard let checked = result.policy else { throw CommandEnd(exit: .badInput) }
        let compiled = try PolicyFiles.compile(result, console: console)
        if let emit { try write(compiled, to: emit) }
        if ast { return try console.result(ASTWriter.tree(checked).text) }
        if eventSchema { return try console.result(EventSchema.tree(checked).text) }
        if !common.json { try summarize(checked, compiled, of: policy, console: console) }
        if denyWarnings, result.diagnostics.contains(where: { $0.severity == .warning }) {
            throw CommandEnd(exit: .no)
        }
    }

    private func summarize(
        _ checked: CheckedPolicy, _ compiled: CompiledPolicy, of policy: String, console: Console
    ) throws {
        try console.result(
            console.language.pick(
                "\(policy): policy \(checked.name) \(checked.version), \(checked.rules.count) rules, program \(compiled.digest.description.prefix(12))\n",
                "\(policy): ポリシー \(checked.name) \(checked.version)、規則 \(checked.rules.count) 件、プログラム \(compiled.digest.description.prefix(12))\n"
            ))
    }

    private func write(_ compiled: CompiledPolicy, to path: String) throws {
        try ArtifactFailure.run { () throws(ArtifactError) in
            try ProgramFile.write(compiled.program, to: path)
        }
    }
}
