import Artifacts
import Diagnostics
import Foundation

/// Files that hold a secret: nobody but their owner may read them.
enum SecretFile {
    /// What a file holds, without line ends after it.
    ///
    /// - Throws: where others may read it, or it can't be read.
    static func bytes(at path: String) throws -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
            throw CommandFailure(
                .badInput, "\(path) can be read by others; run: chmod 600 \(path)",
                "\(path) が他の利用者から読めます。chmod 600 \(path) を実行してください")
        }
        var bytes = try FileReading.source(at: path).bytes
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes.removeLast()
        }
        return bytes
    }

    /// A signing key.
    static func key(at path: String) throws -> SigningKey {
        guard let key = SigningKey(String(decoding: try bytes(at: path), as: UTF8.self)) else {
            throw CommandFailure(
                .badInput, "\(path) is no key that `ntk approve --new-key` made",
                "\(path) は `ntk approve --new-key` で作った鍵ではありません")
        }
        return key
    }
}
