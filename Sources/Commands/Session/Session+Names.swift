import DiagnosticText
import Facts

extension Session {
    /// Says on the side which of the names asked about are not known.
    ///
    /// The answer itself doesn't tell; whoever can read the ledger may know.
    func noteUnknown(subject: String? = nil, action: String, resource: String? = nil) {
        if let subject { note(subject, kind: vocabulary.rootKind(of: Vocabulary.subjectKind)) }
        if !vocabulary.actionNames.contains(action) {
            say(action, kind: "action", japanese: "操作", among: vocabulary.actionNames)
        }
        if let resource { note(resource, kind: vocabulary.rootKind(of: Vocabulary.resourceKind)) }
    }

    private func note(_ name: String, kind: String) {
        guard facts[EntityID(kind: kind, name: name)] == nil else { return }
        let known = facts.histories.lazy.map(\.id).filter { $0.kind == kind }.map(\.name)
        say(name, kind: kind, japanese: vocabulary.kinds[kind]?.label ?? kind, among: Array(known))
    }

    private func say(_ name: String, kind: String, japanese: String, among known: [String]) {
        let similar = Similarity.nearest(to: name, in: known)
        let name = Visible.text(name)
        console.note(
            "note: no \(kind) `\(name)` is known" + (similar.map { "; `\($0)` is" } ?? ""),
            "注記: \(japanese) `\(name)` は登録されていません"
                + (similar.map { "。`\($0)` はあります" } ?? ""))
    }
}
