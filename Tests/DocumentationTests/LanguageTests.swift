import Diagnostics
import Facts
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("The page on the language")
struct LanguageTests {
    static let page = Result { LanguagePage(page: try Markdown(path: "docs/language.md")) }

    @Test("has examples that read, compile and keep what their scenarios promise")
    func examplesAreRight() throws {
        let page = try Self.page.get()
        #expect(page.examples.count >= 14)
        for example in page.examples {
            let complaints = page.complaints(about: example)
            #expect(complaints == [], "the example at line \(example.line)")
        }
    }

    @Test("has examples that mean the same when formatted")
    func examplesCanBeFormatted() throws {
        let page = try Self.page.get()
        for example in page.examples {
            let text = page.wholePolicy(example)
            let source = SourceText(name: "test.ntk", text: text)
            let formatted = Fixtures.read(PolicyFormatter.format(source).text).policy
            #expect(
                formatted?.withoutPlaces == Fixtures.read(text).policy?.withoutPlaces,
                "the example at line \(example.line)")
        }
        for example in page.examples + page.mistakes {
            let complaints = FormattingLaws.complaints(
                about: SourceText(name: "test.ntk", text: example.text))
            #expect(complaints == [], "the example at line \(example.line)")
        }
    }

    @Test("has mistakes that are said as the page says")
    func mistakesAreWrong() throws {
        let page = try Self.page.get()
        #expect(page.mistakes.count >= 5)
        for example in page.mistakes {
            let complaints = page.complaints(aboutMistake: example)
            #expect(complaints == [], "the mistake at line \(example.line)")
        }
    }

    @Test("has warnings and notes where it says, and nowhere else")
    func doubtsAreSaid() throws {
        let page = try Self.page.get()
        #expect(page.doubtful.count >= 5)
        for example in page.doubtful {
            let complaints = page.complaints(aboutMistake: example)
            #expect(complaints == [], "the example at line \(example.line)")
        }
    }

    @Test("has no fence that no check knows")
    func fencesAreKnown() throws {
        let page = try Self.page.get()
        let known = page.examples.count + page.mistakes.count + page.doubtful.count + 1
        #expect(page.page.fences.count == known && !page.grammar.isEmpty)
    }

    @Test("shows every declaration, and has it in its grammar")
    func declarationsAreShown() throws {
        let page = try Self.page.get()
        #expect(page.wordsWithoutExample(of: Grammar.declarationWords) == [])
        #expect(page.wordsMissingInGrammar(of: Grammar.reservedWords) == [])
        #expect(page.undefinedInGrammar == [])
    }

    @Test("lists the words that can't be names")
    func reservedWordsAreListed() throws {
        let page = try Self.page.get()
        #expect(page.words(ofParagraph: "These words can't be names") == Grammar.reservedWords)
    }

    @Test("tells the limits that hold")
    func limitsHold() throws {
        let limits = try Self.page.get().limits
        func expect(_ number: Int, inRow row: String) {
            let found = limits.first { $0.key.hasPrefix(row) }?.value ?? ""
            let digits = found.replacing(",", with: "").prefix { $0.isNumber }
            #expect(digits == "\(number)", "the row on \(row)")
        }
        /// The numbers of a row, in order.
        func numbers(inRow row: String) -> [Int] {
            let found = limits.first { $0.key.hasPrefix(row) }?.value ?? ""
            return found.replacing(",", with: "").split { !$0.isNumber }.compactMap { Int($0) }
        }
        func most(_ what: String...) -> [Int] { what.compactMap { Grammar.mostOf[$0] } }
        #expect(limits.count == 23)
        #expect(numbers(inRow: "tables, lists") == most("others"))
        #expect(numbers(inRow: "conditions of all") == most("conditions of"))
        #expect(numbers(inRow: "kinds below") == most("kinds below"))
        #expect(limits["kinds"] == "1,000" && most("kinds") == [1_000])
        #expect(numbers(inRow: "attributes of all") == most("attributes"))
        #expect(numbers(inRow: "phrases") == most("phrases"))
        #expect(numbers(inRow: "cases of") == most("cases"))
        #expect(
            numbers(inRow: "actions;") == most("actions", "values", "checks", "events", "leases"))
        #expect(numbers(inRow: "definitions of a") == most("definitions of", "rules"))
        #expect(
            numbers(inRow: "statements of one")
                == most("statements of one", "statements of all", "words of one"))
        #expect(numbers(inRow: "files of") == most("files"))
        #expect(numbers(inRow: "words in a file") == most("words in a file"))
        #expect(numbers(inRow: "name, text") == most("name", "text"))
        #expect(Grammar.deepestQuantifier == ProgramLimits.slots)
        #expect(Grammar.deepestCondition == ProgramLimits.deepest)
        expect(Grammar.largestSourceBytes >> 20, inRow: "size of a file")
        expect(Grammar.deepestNesting, inRow: "parentheses")
        expect(Grammar.longestRow, inRow: "parts that")
        expect(Grammar.longestChain, inRow: "definitions that rest")
        expect(Grammar.mostMistakes, inRow: "mistakes")
        expect(Grammar.largestCondition, inRow: "conditions in one rule")
        expect(ProgramLimits.slots, inRow: "`some` and `every`")
        expect(ProgramLimits.deepest, inRow: "conditions inside each other")
        expect(Period.greatestCount, inRow: "number in a period")
        expect(Vocabulary.longestID, inRow: "id")
    }

    @Test("is read by checks that complain about bad samples")
    func checksComplain() throws {
        let prelude = "```ntk\n\(try Self.page.get().prelude)```\n"
        func sample(_ text: String) -> LanguagePage { LanguagePage(page: Markdown(prelude + text)) }
        for bad in [
            "```ntk\npermit p: veiw on document\n```",
            "```ntk\ndefine \n```",
            "```ntk\npolicy other version \"1\" zone \"UTC\"\nuse standard\n```",
            "```ntk\nscenario \"s\" {\n  person a\n  document b\n"
                + "  expect permit a view b at 2026-01-01\n}\n```",
        ] {
            let page = sample(bad)
            #expect(page.complaints(about: try #require(page.examples.last)) != [], "\(bad)")
        }
        for bad in [
            "```ntk-wrong NTK2009\npermit p: view on document\n```",
            "```ntk-wrong NTK2008\npermit p: veiw on document\n```",
            "```ntk-wrong\npermit p: veiw on document\n```",
            "```ntk-wrong NTK3105\npermit p: view on document(tier = secret) when staff\n```",
        ] {
            let page = sample(bad)
            #expect(
                page.complaints(aboutMistake: try #require(page.mistakes.last)) != [], "\(bad)")
        }
        for bad in [
            "```ntk-note NTK3105\npermit p: view on document(tier = open) when staff\n```",
            "```ntk-note NTK2009\npermit p: veiw on document(tier = open) when staff\n```",
        ] {
            let page = sample(bad)
            #expect(
                page.complaints(aboutMistake: try #require(page.doubtful.last)) != [], "\(bad)")
        }
        let page = sample(
            "```ebnf\nfile = { thing } ;\nlease = \"lease\" name ; (* nothing *)\n```")
        #expect(page.wordsWithoutExample(of: ["policy", "lease"]) == ["lease"])
        #expect(page.wordsMissingInGrammar(of: ["policy", "lease"]) == ["policy"])
        #expect(page.undefinedInGrammar == ["thing"])
    }
}

@Suite("The README's policy")
struct SamplePolicyTests {
    @Test("reads and compiles where the language's examples do")
    func readsClean() throws {
        let sample = try #require(try Markdown(path: "README.md").fences.first)
        #expect(sample.text.contains("permit "))
        let page = try LanguageTests.page.get()
        #expect(page.complaints(about: sample) == [])
    }
}
