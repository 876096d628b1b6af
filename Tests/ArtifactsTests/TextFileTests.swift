import Artifacts
import Foundation
import TestSupport
import Testing

@Suite("A person's file that is changed")
struct TextFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("holds the new text, and keeps its permissions", arguments: [0o600, 0o644, 0o664])
    func replaces(mode: Int) throws {
        let path = try folder.write(Array("old".utf8), to: "a")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        try TextFile.replace(path, holding: Array("old".utf8), with: Array("new".utf8))
        #expect(try folder.read("a") == Array("new".utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == mode)
        #expect(try folder.names() == ["a"])
    }

    @Test("is left alone where somebody else has written it since", arguments: ["", "ol", "older"])
    func changedMeanwhile(text: String) throws {
        let path = try folder.write(Array(text.utf8), to: "a")
        #expect(throws: ArtifactError.changedMeanwhile(path: path)) {
            try TextFile.replace(path, holding: Array("old".utf8), with: Array("new".utf8))
        }
        #expect(try folder.read("a") == Array(text.utf8))
    }

    @Test("that is not there is an error")
    func missing() {
        #expect(throws: ArtifactError.self) {
            try TextFile.replace(folder.path("none"), holding: [], with: [])
        }
    }
}
