import DiagnosticText
import DirectorySync

/// Says how a directory was read, to the person who looks on.
struct SyncReport {
    let console: Console
    /// What was said the last time of entries that can't be understood, and isn't said again while it is so.
    var said: Set<String> = []

    /// Says what was read.
    ///
    /// - Returns: what was said of entries that can't be understood.
    func show(_ receipt: SyncReceipt, _ state: DirectoryState) -> Set<String> {
        for search in receipt.searches {
            let entries = search.entries ?? 0
            let base = Visible.text(search.base)
            console.note(
                "\(base): \(way(search, .english)), \(entries) entries, \(search.changed) changed, \(search.gone) gone",
                "\(base): \(way(search, .japanese))、\(entries) 件、変更 \(search.changed) 件、消失 \(search.gone) 件"
            )
        }
        for disappearance in receipt.disappearances { show(disappearance) }
        // Entries that can't be understood are named; what was stated of them before stays.
        let problems = state.problems.map { Visible.text("\($0)") }
        for problem in problems where !said.contains(problem) {
            console.note("left as it was: \(problem)", "以前のままにしました: \(problem)")
        }
        let notices = state.notices.map { Visible.text("\($0)") }
        show(notices.filter { !said.contains($0) })
        return Set(problems + notices)
    }

    /// So many notices are shown; they take nothing from anyone, and may be about thousands of entries.
    private static let mostNotices = 20

    private func show(_ notices: [String]) {
        for notice in notices.prefix(Self.mostNotices) {
            console.note("look at this: \(notice)", "要確認: \(notice)")
        }
        let rest = notices.count - Self.mostNotices
        if rest > 0 { console.note("and \(rest) more", "ほか \(rest) 件") }
    }

    private func way(_ search: SyncReceipt.Search, _ language: Language) -> String {
        if let refusal = search.cookieRefused.map({ Visible.text($0) }) {
            return language.pick(
                "everything, since the server can't go on from the last time (\(refusal))",
                "前回からの続きを得られないため全件（\(refusal)）")
        }
        return switch search.way {
        case .changes: language.pick("changes", "差分")
        case .content, .listing: language.pick("everything", "全件")
        }
    }

    private func show(_ disappearance: Disappearance) {
        let dn = Visible.text(disappearance.dn)
        let name = disappearance.newDN.map { Visible.text($0) } ?? ""
        let (english, japanese) =
            switch disappearance.fate {
            case .deleted: ("deleted, or hidden from us", "削除された、または読み取れません")
            case .unmatched: ("no longer matches the filter", "フィルターに該当しなくなりました")
            case .moved: ("moved to \(name)", "\(name) へ移されました")
            }
        if disappearance.meansLeaving {
            console.note("gone: \(dn): \(english)", "消失: \(dn): \(japanese)")
        } else {
            console.note(
                "look at this: \(dn): \(english); what it stated stays",
                "要確認: \(dn): \(japanese)。以前の内容はそのままです")
        }
    }
}
