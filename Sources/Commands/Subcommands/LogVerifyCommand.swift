import ArgumentParser
import DiagnosticText
import Diagnostics
import Foundation
import Ledger

extension LogCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Looks at every entry, whether it is what was recorded.",
            discussion: """
                Exit code 1 where something is not as recorded, 4 where the file can't be read. Without a head that was exported earlier, nobody can see that entries
                are missing at the end, or that everything was written anew. Examples:
                  ntk log verify
                  ntk log verify --head /mnt/archive/2026-12-01.head
                """)

        /// How many faults are told.
        private static let most = 100

        @Option(
            help: ArgumentHelp("A file with what `ntk log head` printed.", valueName: "file"))
        var head: String?

        @OptionGroup var store: LedgerOptions
        @OptionGroup var common: CommonOptions

        private struct Answer: Encodable {
            let whole: Bool
            let sequence: Int64
            let digest: String
            let faults: [String]
        }

        func run() throws {
            let exported = try head.map(read)
            let ledger = try Session.openLedger(store.path, create: false)
            let (faults, last) = try LedgerAccess.run(store.path) {
                try ledger.faults(since: exported, most: Self.most)
            }
            let language = common.language
            var lines = faults.map { Self.text($0, language) }
            if faults.count >= Self.most {
                lines.append(
                    language.pick(
                        "what comes after that was not looked at", "これ以降は調べていません"))
            }
            let sequence = last.sequence
            if common.json {
                try common.console.result(
                    try JSONText.text(
                        Answer(
                            whole: faults.isEmpty, sequence: sequence,
                            digest: last.digest.description, faults: lines)))
            } else if faults.isEmpty {
                try common.console.result(
                    language.pick(
                        "\(sequence) entries, as recorded\n", "\(sequence) 件、記録のとおりです\n"))
            } else {
                try common.console.result(lines.map { "\($0)\n" }.joined())
            }
            guard faults.isEmpty else { throw CommandEnd(exit: .no) }
        }

        private func read(_ path: String) throws -> LedgerHead {
            let text = String(
                decoding: try FileReading.source(at: path).bytes.prefix(1_000), as: UTF8.self)
            guard let head = LedgerHead(text) else {
                throw CommandFailure(
                    .badInput, "\(path) holds no head, as `ntk log head` printed it",
                    "\(path) は `ntk log head` が出力した末尾の記録ではありません")
            }
            return head
        }

        static func text(_ fault: ChainFault, _ language: Language) -> String {
            switch fault {
            case .structure:
                language.pick(
                    "the file's tables, indices or triggers are not a ledger's, or contradict each other",
                    "ファイルの表・索引・トリガーが台帳のものでないか、互いに矛盾しています")
            case .altered(let sequence) where sequence <= 1:
                language.pick(
                    "entry \(sequence) is not what was recorded first",
                    "通番 \(sequence) は最初に記録されたものではありません")
            case .altered(let sequence):
                language.pick(
                    "entry \(sequence) is not what was recorded after entry \(sequence - 1): one of them was altered",
                    "通番 \(sequence) は、通番 \(sequence - 1) の次に記録されたものではありません。いずれかが書き換えられています")
            case .missing(let range) where range.lowerBound == range.upperBound:
                language.pick(
                    "entry \(range.lowerBound) is missing", "通番 \(range.lowerBound) がありません")
            case .missing(let range):
                language.pick(
                    "entries \(range.lowerBound) to \(range.upperBound) are missing",
                    "通番 \(range.lowerBound) から \(range.upperBound) がありません")
            case .cut(let last, let head):
                language.pick(
                    "the ledger ends with entry \(last), and had \(head) when the head was exported",
                    "台帳は通番 \(last) で終わっていますが、書き出し時には \(head) までありました")
            case .rewritten(let sequence):
                language.pick(
                    "the ledger is not the one the head was exported from: something up to entry \(sequence) was recorded anew",
                    "末尾の記録を書き出したときの台帳ではありません。通番 \(sequence) までのどこかが作り直されています")
            }
        }
    }
}
