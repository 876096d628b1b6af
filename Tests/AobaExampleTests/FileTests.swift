import AobaExample
import Foundation
import Testing

@Suite struct FileTests {
    static let names = ["people.ldif", "organisations.csv", "resources.csv", "events.jsonl"]

    @Test func theGeneratorMakesTheseFiles() {
        #expect(Company.generate(seed: Company.publishedSeed).map(\.name) == Self.names)
    }

    @Test(arguments: names)
    func theCommittedFileIsWhatTheGeneratorMakes(name: String) throws {
        let files = Company.generate(seed: Company.publishedSeed)
        let file = try #require(files.first { $0.name == name })
        let committed = try repositoryFile("examples/aoba/\(name)")
        let isSame = committed == Data(file.text.utf8)
        #expect(
            isSame, "run `swift run aoba-generate examples/aoba`, read the difference, commit it")
    }

    @Test(arguments: names + ["README.md"])
    func theCommittedFileIsCleanText(name: String) throws {
        let bytes = try repositoryFile("examples/aoba/\(name)")
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        #expect(!bytes.contains(UInt8(ascii: "\r")))
        #expect(bytes.last == UInt8(ascii: "\n"))
        #expect(!bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    }

    @Test func anotherSeedMakesAnotherCompany() {
        let first = Company.generate(seed: 1).map(\.text)
        let second = Company.generate(seed: 2).map(\.text)
        #expect(first != second)
    }

    @Test func linesOfTheDirectoryAreFolded() throws {
        let text = try repositoryText("examples/aoba/people.ldif")
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
        #expect(text.hasPrefix("version: 1\n"))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }
}
