import Crypto
import Foundation

/// A private key that somebody signs approvals with: Ed25519, RFC 8032.
package struct SigningKey: Sendable, CustomStringConvertible {
    private let key: Curve25519.Signing.PrivateKey

    /// Makes a new one.
    package init() { key = Curve25519.Signing.PrivateKey() }

    /// Reads one; nil where the text is none.
    ///
    /// - Parameter text: what `text` gives.
    package init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 2, lines[0] == Self.title,
            let bytes = Data(base64Encoded: String(lines[1])),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    private static let title = "ntk signing key 1"

    /// The key for a file that only its owner may read.
    package var text: String {
        "\(Self.title)\n\(key.rawRepresentation.base64EncodedString())\n"
    }

    /// The public key that goes with it, in Base64.
    package var publicKey: String { key.publicKey.rawRepresentation.base64EncodedString() }

    /// Never the key itself.
    package var description: String { "signing key of \(publicKey)" }

    /// Signs bytes.
    ///
    /// - Returns: the signature in Base64.
    /// - Throws: where the system has no randomness.
    package func signature(of bytes: [UInt8]) throws -> String {
        try key.signature(for: bytes).base64EncodedString()
    }

    /// Whether a signature over bytes was made with the private key of a public one; no where either is none.
    package static func isValid(
        _ signature: String, of bytes: [UInt8], publicKey: String
    ) -> Bool {
        guard let signature = Data(base64Encoded: signature),
            let raw = Data(base64Encoded: publicKey),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
        else { return false }
        return key.isValidSignature(signature, for: bytes)
    }
}
