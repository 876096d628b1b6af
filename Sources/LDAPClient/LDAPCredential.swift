/// A password.
///
/// Printing, dumping or interpolating it never shows it.
package struct LDAPSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    let bytes: [UInt8]

    /// Keeps a password given as text.
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// Keeps a password given as bytes.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether there is no password at all.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Says that there is a secret, and not which.
    package var description: String { "(secret)" }

    /// Says that there is a secret, and not which.
    package var debugDescription: String { "(secret)" }

    /// Has no children.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// As whom we speak to the directory.
package enum LDAPCredential: Sendable {
    /// As nobody.
    case anonymous
    /// By a name and its password.
    ///
    /// An empty password is refused before anything is sent: servers take it for an anonymous bind
    /// and report success, whatever the name.
    case simple(dn: String, password: LDAPSecret)
    /// As whom the connection shows us to be: by our certificate, or by the user that a socket of this machine says we are
    /// (SASL EXTERNAL).
    case external
}

/// A certificate that we show to servers, and the key to it.
package struct LDAPCertificate: Hashable, Sendable {
    /// The PEM file of the certificate.
    package let file: String
    /// The PEM file of its key.
    package let keyFile: String

    /// Names the two files.
    package init(file: String, keyFile: String) {
        self.file = file
        self.keyFile = keyFile
    }
}
