import Foundation
import TestSupport

/// What pages refer to, and whether it is there.
enum PageLinks {
    /// The pages whose links are checked, by path from the root.
    static var pages: [String] {
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] + pages(in: "docs")
            + pages(in: "examples")
    }

    private static func pages(in folder: String) -> [String] {
        let files = FileManager.default.enumerator(
            atPath: Fixtures.root.appending(path: folder).path(percentEncoded: false))
        return (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".md") }
            .map { "\(folder)/\($0)" }.sorted()
    }

    /// The links of a page, standing at `path`, that lead nowhere.
    static func deadLinks(in page: Markdown, at path: String) -> [String] {
        page.relativeLinks.filter { link in
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let target = String(parts[0]).removingPercentEncoding ?? ""
            let folder = Fixtures.root.appending(path: path).deletingLastPathComponent()
            let file = target.isEmpty ? nil : folder.appending(path: target).standardizedFileURL
            if let file, !exists(file) { return true }
            guard parts.count == 2 else { return false }
            let anchor = String(parts[1]).removingPercentEncoding ?? ""
            guard let file else { return !page.anchors.contains(anchor) }
            let linked = try? String(contentsOf: file, encoding: .utf8)
            return !(linked.map { Markdown($0).anchors.contains(anchor) } ?? false)
        }
    }

    /// The paths of scripts, policies and examples a text names that are not there.
    static func missingPaths(in text: String) -> [String] {
        paths(in: text).filter { !exists(Fixtures.root.appending(path: $0)) }
    }

    /// The paths of scripts, policies and examples that a text names.
    static func paths(in text: String) -> [String] {
        text.matches(
            of: /\b(?:scripts|policies|examples)\/[A-Za-z0-9_\-]+(?:[.\/][A-Za-z0-9_\-]+)*/
        )
        .map { String($0.output) }
    }

    private static func exists(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
    }
}
