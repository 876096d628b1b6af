import Foundation

/// Files of people's own that `ntk` changes when it is told to.
package enum TextFile {
    /// Puts `bytes` in the place of what a file holds, whole or not at all.
    ///
    /// The file keeps its permissions; where `path` is a symbolic link, what it leads to is changed.
    package static func write(_ bytes: [UInt8], to path: String) throws(WholeFile.Failure) {
        let file = target(of: path)
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let permissions = attributes?[.posixPermissions] as? Int
        try WholeFile.write(bytes, to: file, permissions: UInt32(permissions ?? 0o644))
    }

    private static func target(of path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    }

    /// Writes a file as `write` does, if it still holds what was read.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - before: what it held when it was read.
    ///   - bytes: what it is to hold.
    /// - Throws: `.changedMeanwhile` where somebody else has written it since, `.cannotRead`, `.cannotWrite`.
    package static func replace(
        _ path: String, holding before: [UInt8], with bytes: [UInt8]
    ) throws(ArtifactError) {
        let now: [UInt8]
        do {
            now = try WholeFile.read(target(of: path), mostBytes: before.count + 1)
        } catch {
            throw .cannotRead(path: path, system: error.message)
        }
        guard now == before else { throw .changedMeanwhile(path: path) }
        do {
            try write(bytes, to: path)
        } catch {
            throw .cannotWrite(path: path, system: error.message)
        }
    }
}
