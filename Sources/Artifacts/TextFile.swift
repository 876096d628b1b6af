import Foundation

/// Files of people's own that `ntk` changes when it is told to.
package enum TextFile {
    /// Puts `bytes` in the place of what a file holds, whole or not at all.
    ///
    /// The file keeps its permissions; where `path` is a symbolic link, what it leads to is changed.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - before: what it held when it was read.
    ///   - bytes: what it is to hold.
    /// - Throws: `.changedMeanwhile` where somebody else has written it since, `.cannotRead`, `.cannotWrite`.
    package static func replace(
        _ path: String, holding before: [UInt8], with bytes: [UInt8]
    ) throws(ArtifactError) {
        let file = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        let now: [UInt8]
        do {
            now = try WholeFile.read(file, mostBytes: before.count + 1)
        } catch {
            throw .cannotRead(path: path, system: error.message)
        }
        guard now == before else { throw .changedMeanwhile(path: path) }
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let permissions = attributes?[.posixPermissions] as? Int
        do {
            try WholeFile.write(bytes, to: file, permissions: UInt32(permissions ?? 0o644))
        } catch {
            throw .cannotWrite(path: path, system: error.message)
        }
    }
}
