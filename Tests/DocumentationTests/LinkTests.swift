import Foundation
import TestSupport
import Testing

@Suite("Links and paths")
struct LinkTests {
    @Test("lead somewhere, on every page", arguments: PageLinks.pages)
    func linksLive(path: String) throws {
        #expect(PageLinks.deadLinks(in: try Markdown(path: path), at: path) == [])
    }

    @Test("are there at all")
    func linksExist() throws {
        #expect(PageLinks.pages.count >= 8)
        let links = try PageLinks.pages.flatMap { try Markdown(path: $0).relativeLinks }
        #expect(links.count >= 20 && links.contains { $0.contains("#") })
    }

    @Test("of scripts, policies and examples in the README exist")
    func pathsExist() throws {
        let text = try String(
            contentsOf: Fixtures.root.appending(path: "README.md"), encoding: .utf8)
        #expect(PageLinks.paths(in: text).count >= 3)
        #expect(PageLinks.missingPaths(in: text) == [])
    }

    @Test(
        "that lead nowhere are found",
        arguments: [
            "[a](nowhere.md)", "[a](language.md#no-such-heading)", "[a](#no-such-heading)",
            "[`a`](../docs/nowhere)", "[a](../Package.swift#no-heading)",
        ])
    func deadLinksAreFound(text: String) {
        #expect(PageLinks.deadLinks(in: Markdown(text), at: "docs/page.md").count == 1)
    }

    @Test(
        "that lead somewhere are left alone",
        arguments: [
            "[a](https://nowhere.example/x)", "`[a](nowhere.md)`", "```\n[a](nowhere.md)\n```",
            "## One `two(3)`: 四 5\n[a](#one-two3-四-5)", "## a\n## a\n[a](#a-1)",
            "[a](decisions)", "[a](semantics.md#51-validuntil)",
        ])
    func goodLinksAreLeft(text: String) {
        #expect(PageLinks.deadLinks(in: Markdown(text), at: "docs/page.md") == [])
    }

    @Test("that are paths of nothing are found")
    func missingPathsAreFound() {
        let text = "run scripts/test, scripts/nothing and policies/none.ntk."
        #expect(PageLinks.missingPaths(in: text) == ["scripts/nothing", "policies/none.ntk"])
    }
}
