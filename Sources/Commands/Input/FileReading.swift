import Diagnostics
import Foundation

/// Reads files for commands, with limits and clear failures.
enum FileReading {
    /// The largest file of data, in bytes.
    static let largestFile = 1 << 30

    /// The bytes of a file as a source.
    static func source(at path: String) throws -> SourceText {
        let url = URL(filePath: path)
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if let size = attributes?[.size] as? Int, size > largestFile {
            throw CommandFailure(
                .badInput, "\(path) is larger than \(largestFile >> 20) MiB; split it",
                "\(path) が \(largestFile >> 20) MiB を超えています。分割してください")
        }
        do {
            return SourceText(name: path, bytes: Array(try Data(contentsOf: url)))
        } catch {
            throw CommandFailure(
                .badInput, "\(path) can't be read: check that it exists and that you may read it",
                "\(path) を読めません。ファイルがあるか、読み取り権限があるかを確かめてください")
        }
    }

    /// What comes from standard input, as a source.
    static func standardInput() throws -> SourceText {
        do {
            let data = try FileHandle.standardInput.read(upToCount: largestFile + 1) ?? Data()
            guard data.count <= largestFile else {
                throw CommandFailure(
                    .badInput, "standard input is larger than \(largestFile >> 20) MiB",
                    "標準入力が \(largestFile >> 20) MiB を超えています")
            }
            return SourceText(name: "-", bytes: Array(data))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .systemFailed, "standard input can't be read", "標準入力を読めません")
        }
    }
}
