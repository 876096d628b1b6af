import Diagnostics
import Facts
import PolicyLanguage
import TestSupport
import Testing

@Suite("A policy of several files")
struct ModuleTests {
    static let main = """
        policy sample version "1" zone "UTC"
        use standard
        define company = organisation "aoba"
        scale tier { open < secret }
        category core
        enumeration role { engineer }

        """

    func read(_ main: String, _ files: [String: String]) -> PolicyReader.Result {
        PolicyReader.read(
            [SourceText(name: "policies/sample.ntk", text: main)],
            file: { name in files[name].map { SourceText(name: "\(name).ntk", text: $0) } },
            folder: { folder in
                let inside = files.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
                return inside.isEmpty ? nil : inside
            },
            zone: Fixtures.zone)
    }

    func codes(_ main: String, _ files: [String: String]) -> [DiagnosticCode] {
        read(Self.main + main, files).diagnostics.map(\.code)
    }

    @Test("says whose word counts where two files replace the same thing")
    func overriddenTwice() {
        let files = [
            "one": "extend entity person { override derived engaged = self pledged }\n",
            "two": "extend entity person { override derived engaged = self trained }\n",
            "three": "override source hr fresh for 2 days\n",
            "four": "override source hr fresh for 3 days\n",
        ]
        #expect(codes("use one\n", files) == [])
        for uses in ["use one\nuse two\n", "use two\nuse one\n", "use three\nuse four\n"] {
            #expect(codes(uses, files) == [.declaredTwice], "\(uses)")
        }
    }

    @Test("uses files beside it, in folders, and whole folders")
    func uses() {
        let files = [
            "rules/travel": "define away = subject abroad\n",
            "rules/notice": "use \"../shared/leaving\"\ndefine leaving-soon = leaving\n",
            "shared/leaving": "define leaving = subject on-notice\n",
        ]
        let main = "use \"rules/\"\nforbid x: any on resource when away or leaving-soon\n"
        let result = read(Self.main + main, files)
        #expect(result.diagnostics == [] && result.policy != nil)
        #expect(
            result.paths == [
                "sample.ntk", "standard.ntk", "rules/notice.ntk", "rules/travel.ntk",
                "shared/leaving.ntk",
            ])
    }

    @Test(
        "that use each other in a circle, or one file twice, or one that isn't there, are refused")
    func badUses() {
        #expect(
            codes("use a\n", ["a": "use b\n", "b": "use a\n"]) == [.circularUse])
        #expect(codes("use a\n", ["a": "use sample\n"]) == [.circularUse])
        #expect(codes("use a\nuse a\n", ["a": "define x = true\n"]) == [.usedTwice])
        #expect(codes("use b\n", ["a": ""]) == [.unknownFile])
        #expect(codes("use \"../secrets\"\n", ["../secrets": "", "secrets": ""]) == [.unknownFile])
        // Two that use the same one are no circle.
        #expect(
            codes("use a\nuse b\n", ["a": "use c\n", "b": "use c\n", "c": "define x = true\n"])
                == [])
    }

    @Test("keeps to itself what a file does not export")
    func exports() throws {
        let file = """
            exports shown, cap
            define shown  = hidden and subject engaged
            define hidden = subject abroad
            table cap : risk -> tier { low: secret, else: open }
            list words of text { "a" }

            """
        #expect(codes("use a\nforbid x: any on resource when shown\n", ["a": file]) == [])
        let result = read(
            Self.main + "use a\nforbid x: any on resource when hidden or subject.name in words\n",
            ["a": file])
        #expect(result.diagnostics.map(\.code) == [.notExported, .notExported])
        let first = try #require(result.diagnostics.first)
        #expect(first.arguments == ["hidden", "a.ntk"])
        #expect(first.notes.first?.place?.source == 2)
        #expect(codes("use a\n", ["a": "exports nothing\n"]) == [.unknownName])
    }

    @Test("extends and overrides what the standard vocabulary declares, without copying it")
    func changes() throws {
        let main = """
            extend entity person { badge text  override derived abroad = some f in self.foreign-assignments }
            extend entity document { override name text default "untitled" }
            extend enumeration device-kind { kiosk "共用端末" }
            extend context device { managed-by organisation }
            extend event transferred { note optional text  begin leave for person { } if note }
            override event departed "退職" command "depart" { person person  end person.engagements }
            override source hr "人事部" fresh for 2 days
            forbid x: any on resource when subject.badge = "x" and device.kind = kiosk and has device.managed-by

            """
        let result = read(Self.main + main, [:])
        // `name` is an attribute of resource, not of document itself: there is nothing to override there.
        #expect(Set(result.diagnostics.map(\.code)) == [.nothingToChange, .declaredTwice])
        let policy = try #require(
            read(
                Self.main
                    + main.replacing("extend entity document {", with: "extend entity resource {"),
                [:]
            ).policy)
        let vocabulary = policy.vocabulary
        #expect(vocabulary.kinds["person"]?.attributes["badge"]?.type == .text)
        #expect(vocabulary.kinds["document"]?.attributes["name"]?.defaultValue == .text("untitled"))
        #expect(vocabulary.enumerations["device-kind"]?.cases.last?.label == "共用端末")
        #expect(vocabulary.events["transferred"]?.effects.count == 4)
        #expect(vocabulary.events["departed"]?.effects.count == 1)
        #expect(vocabulary.sources["hr"]?.fresh?.count == 2)
    }
}
