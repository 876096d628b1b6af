import Diagnostics
package import PolicyLanguage

/// What was mended, as people read it.
package struct MendingText: Sendable {
    private let language: Language

    /// Creates texts in a language.
    package init(language: Language) { self.language = language }

    /// A line for each mistake that was mended, and how many there were in how many files.
    package func text(_ result: PolicyMender.Result) -> String {
        let lines = result.mended.map { done -> String in
            let (place, code) = (done.diagnostic.place, done.diagnostic.code.rawValue)
            let source = done.sources[place.source]
            let line = source.line(at: place.span.lower)
            let column = source.column(at: place.span.lower)
            let words = done.diagnostic.fix.map { FixText($0).text(in: language) } ?? ""
            return "\(Visible.text(source.name)):\(line):\(column): \(words) [\(code)]\n"
        }
        let (count, files) = (result.mended.count, result.changed.count)
        guard count > 0 else {
            return language.pick("nothing to mend\n", "直すところはありません\n")
        }
        return lines.joined()
            + language.pick(
                "mended \(count) \(count == 1 ? "mistake" : "mistakes") in \(files) \(files == 1 ? "file" : "files")\n",
                "\(files) 個のファイルの誤り \(count) 件を直しました\n")
    }
}
