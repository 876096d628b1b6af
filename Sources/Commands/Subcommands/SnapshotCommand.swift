import ArgumentParser
import Artifacts
import DecisionEngine
import DiagnosticText
import Facts
import PolicyProgram
import SystemTime

struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Writes what a gateway answers from to a file, and checks such a file.",
        discussion: """
            A gateway opens the file in a fraction of a second and needs no ledger. It holds all facts, so only its owner may
            read it. Put a new one in its place by renaming, never by overwriting: gateways read it where it lies. Examples:
              ntk snapshot make company.snapshot --program company.program
              ntk snapshot check company.snapshot --program company.program
            """,
        subcommands: [Make.self, Check.self])

    /// What is told of a snapshot.
    private struct Summary: Encodable {
        let path: String
        let program: String
        let sequence: Int64
        let bytes: Int

        func text(_ console: Console) -> String {
            let program = program.prefix(12)
            return console.language.pick(
                "\(path): facts of sequence \(sequence), for program \(program), \(bytes) bytes\n",
                "\(path): 通番 \(sequence) の事実、プログラム \(program)、\(bytes) バイト\n")
        }

        func tell(_ common: CommonOptions) throws {
            try common.console.result(
                common.json ? try JSONText.text(self) : text(common.console))
        }
    }

    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Writes the ledger's facts, laid out for its policy.",
            discussion: """
                What the file says holds from now on, coming changes included; questions about earlier are answered from
                it too, but slower. Examples:
                  ntk snapshot make company.snapshot
                  ntk snapshot make company.snapshot --program company.program --known-at 4848
                """)

        @Argument(help: "The file to write.")
        var file: String

        @Option(help: ArgumentHelp("Write the policy's program to a file, too.", valueName: "file"))
        var program: String?

        @Option(
            help: ArgumentHelp("Write what was known at this sequence.", valueName: "sequence"))
        var knownAt: Int64?

        @OptionGroup var store: LedgerOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let session = try Session.open(store, knownAt: knownAt, console: common.console)
            let engine = DecisionEngine(
                program: session.policy.program, facts: session.facts,
                digest: session.policy.digest, preparedSince: SystemClock.now())
            guard let image = engine.snapshotImage() else {
                preconditionFailure("an engine that was just made is as it was made")
            }
            try ArtifactFailure.run { () throws(ArtifactError) in
                if let program { try ProgramFile.write(session.policy.program, to: program) }
                try SnapshotFile.write(image, to: file)
            }
            try Summary(
                path: file, program: engine.digest.description, sequence: engine.sequence,
                bytes: image.byteCount
            ).tell(common)
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Says whether a snapshot is whole, and made for a program.",
            discussion: """
                Reads all of it. Exit code 3 for a file that is cut off, damaged, of another version or for another
                program. Example:
                  ntk snapshot check company.snapshot --program company.program
                """)

        @Argument(help: "The snapshot's file.")
        var file: String

        @Option(help: ArgumentHelp("The program's file.", valueName: "file"))
        var program: String

        @OptionGroup var common: CommonOptions

        func run() throws {
            let summary = try ArtifactFailure.run { () throws(ArtifactError) in
                let (program, digest) = try ProgramFile.read(from: program)
                let bytes = try SnapshotFile.map(file).count
                let engine = try SnapshotFile.open(file, program: program, digest: digest)
                return Summary(
                    path: file, program: digest.description, sequence: engine.sequence,
                    bytes: bytes)
            }
            try summary.tell(common)
        }
    }
}
