import DiagnosticText
import DirectorySync
import Facts
import Foundation
import Ledger

/// What a directory would have taken away, and waits for somebody to look at it.
struct Waiting {
    let ledger: Ledger
    let path: String
    let source: String
    let zone: ZoneTable
    let console: Console

    private struct Answer: Encodable {
        let source: String
        let pending: PendingWithdrawals?
    }

    /// Shows it; ends with 1 where something waits.
    func show(isJSON: Bool) throws {
        let pending = try read()
        try console.result(
            isJSON
                ? try JSONText.text(Answer(source: source, pending: pending))
                : text(pending, console.language))
        if pending != nil { throw CommandEnd(exit: .no) }
    }

    /// Forgets it.
    func discard() throws {
        guard try read() != nil else { throw nothing }
        try LedgerAccess.run(path) { try ledger.setPending(nil, of: source) }
        console.note("forgotten", "破棄しました")
    }

    /// What of it may be gone.
    func accepted() throws -> Set<PendingWithdrawals.Item> {
        guard let pending = try read() else { throw nothing }
        return Set(pending.gone)
    }

    private var nothing: CommandFailure {
        CommandFailure(
            .usage, "nothing of `\(Visible.text(source))` waits to be looked at",
            "`\(Visible.text(source))` で確認を待つものはありません")
    }

    private func read() throws -> PendingWithdrawals? {
        guard let body = try LedgerAccess.run(path, { try ledger.pending(of: source) })
        else { return nil }
        guard let pending = try? JSONDecoder().decode(PendingWithdrawals.self, from: Data(body))
        else {
            throw CommandFailure(
                .systemFailed,
                "what waits of `\(Visible.text(source))` can't be read; --discard it",
                "`\(Visible.text(source))` で確認を待つものが読み取れません。--discard で破棄してください")
        }
        return pending
    }

    private func text(_ pending: PendingWithdrawals?, _ language: Language) -> String {
        guard let pending else {
            return language.pick("nothing waits\n", "確認を待つものはありません\n")
        }
        let time = TimeText.rfc3339(Instant(secondsSinceEpoch: pending.readAt), in: zone)
        var lines = [
            Visible.text("\(pending.server)  \(time)"), Visible.text(pending.reason),
            language.pick("would be gone:", "失われるもの:"),
        ]
        let byKind = Dictionary(grouping: pending.gone, by: \.kind).sorted { $0.key < $1.key }
        for (kind, items) in byKind {
            lines.append("  \(Visible.text(kind)) \(items.count)")
            lines += items.map { "    \(Visible.text($0.id))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
