import ArgumentParser
import DiagnosticText
import Diagnostics
import Foundation
import LDAPClient

/// Which directory server is spoken to.
struct ServerOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "ldap://HOST:PORT, ldaps://HOST:PORT, or ldapi://%2FPATH for a socket.",
            valueName: "url"))
    var server: String
}

/// How a directory server is spoken to.
struct DirectoryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("As whom to speak to it; without it, anonymously.", valueName: "dn"))
    var bindDn: String?

    @Option(
        help: ArgumentHelp(
            "The file that holds the password, which only its owner may read.", valueName: "file"))
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            "The environment variable that holds the password.", valueName: "variable"))
    var passwordEnv: String?

    @Flag(
        help:
            "Speak to it as whom the connection shows us to be: by --tls-cert, or by the user a socket sees (SASL EXTERNAL)."
    )
    var saslExternal = false

    @Option(help: ArgumentHelp("Our certificate, a PEM file.", valueName: "file"))
    var tlsCert: String?

    @Option(
        help: ArgumentHelp(
            "The key of our certificate, which only its owner may read.", valueName: "file"))
    var tlsKey: String?

    @Flag(help: "Turn on TLS on an ldap:// connection before anything is said.")
    var startTls = false

    @Option(help: ArgumentHelp("Trust the authorities in this PEM file.", valueName: "file"))
    var caFile: String?

    @Option(help: ArgumentHelp("How long all of it may take, in seconds.", valueName: "seconds"))
    var timeout = 600

    func validate() throws {
        let passwords = [passwordFile, passwordEnv].compactMap(\.self).count
        guard passwords == (bindDn == nil ? 0 : 1) else {
            throw ValidationError("--bind-dn goes with one of --password-file and --password-env")
        }
        guard bindDn == nil || !saslExternal else {
            throw ValidationError("--bind-dn and --sasl-external exclude each other")
        }
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key go together")
        }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout takes 1 to 86400 seconds")
        }
    }

    /// The server of a URL, spoken to as these options say.
    func server(at url: String) throws -> LDAPServer {
        do throws(LDAPURLError) {
            var server = try LDAPServer(
                url: url, startTLS: startTls, authorityFile: caFile,
                operationTimeout: .seconds(timeout))
            if let tlsCert, let tlsKey {
                server.certificate = LDAPCertificate(file: tlsCert, keyFile: tlsKey)
            }
            return server
        } catch {
            throw CommandFailure(
                .usage, "--server: \(error)", "--server: \(error)")
        }
    }

    /// As whom to speak to it.
    func credential() throws -> LDAPCredential {
        if saslExternal { return .external }
        guard let bindDn else { return .anonymous }
        if let passwordFile {
            let bytes = try SecretFile.bytes(at: passwordFile)
            return .simple(dn: bindDn, password: LDAPSecret(bytes: bytes))
        }
        let name = passwordEnv ?? ""
        guard let password = ProcessInfo.processInfo.environment[name], !password.isEmpty else {
            throw CommandFailure(
                .badInput, "--password-env: the variable `\(Visible.text(name))` holds nothing",
                "--password-env: 環境変数 `\(Visible.text(name))` に値がありません")
        }
        return .simple(dn: bindDn, password: LDAPSecret(password))
    }
}
