package import ArgumentParser
import DiagnosticText
import Foundation

/// What people ask for when they report a mistake of ours.
enum Product {
    static let version = "0.1.0"
}

/// `ntk`: who may see what, and why; and what it changes when people do.
package struct NTKCommand: AsyncParsableCommand {
    /// The command's name, help and subcommands.
    package static let configuration = CommandConfiguration(
        commandName: "ntk",
        abstract: "Decides who may see technical information, and what events change.",
        discussion: """
            Examples:
              ntk check policies/aoba.ntk
              ntk explain NTK2009
              ntk import resources.csv events.jsonl --policy policies/aoba.ntk
              ntk import people.ldif --mapping directory.yaml
              ntk can tanaka view drawing-7 --at 2026-04-14
              ntk event transfer tanaka --to sales --on 2026-12-01 --dry-run

            Exit codes: 0 yes or done, 1 no or denied, 2 usage, 3 bad policy or data, 4 a system failed.
            """,
        version: Product.version,
        subcommands: [
            CheckCommand.self, FormatCommand.self, TestCommand.self, AdoptCommand.self,
            ImportCommand.self,
            SyncCommand.self, CanCommand.self, WhoCanCommand.self, WhatCanCommand.self,
            EntitlementsCommand.self, LimitsCommand.self, EventCommand.self, VoidCommand.self,
            PlanCommand.self, ApproveCommand.self, ApplyCommand.self, VerifyCommand.self,
            DriftCommand.self, RunCommand.self, LogCommand.self, SnapshotCommand.self,
            ExplainCommand.self,
        ])

    /// Creates the command.
    package init() {}

    /// Runs a command line and gives its exit code.
    package static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return CommandExit.success.rawValue
        } catch let end as CommandEnd {
            return end.exit.rawValue
        } catch let failure as CommandFailure {
            let language = language(in: arguments)
            FileHandle.standardError.write(Data((failure.text(in: language) + "\n").utf8))
            return failure.exit.rawValue
        } catch {
            return report(error)
        }
    }

    /// Help and the version are answers; everything else ArgumentParser has to say is about usage.
    private static func report(_ error: any Error) -> Int32 {
        let text = fullMessage(for: error)
        guard exitCode(for: error) == .success else {
            FileHandle.standardError.write(Data((text + "\n").utf8))
            return CommandExit.usage.rawValue
        }
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
        return CommandExit.success.rawValue
    }

    /// The language to fail in: a command that failed can't be asked any more.
    private static func language(in arguments: [String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", arguments.indices.contains(index + 1) {
                return Language(rawValue: arguments[index + 1]) ?? .ofEnvironment
            }
            if argument.hasPrefix("--lang=") {
                return Language(rawValue: String(argument.dropFirst(7))) ?? .ofEnvironment
            }
        }
        return .ofEnvironment
    }
}
