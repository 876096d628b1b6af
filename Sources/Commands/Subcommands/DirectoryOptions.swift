import ArgumentParser
import Diagnostics
import Foundation
import LDAPClient

/// Which directory server is spoken to.
struct ServerOption: ParsableArguments {
    @Option(help: ArgumentHelp("ldap://HOST:PORT or ldaps://HOST:PORT.", valueName: "url"))
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

    @Flag(help: "Turn on TLS on an ldap:// connection before anything is said.")
    var startTls = false

    @Option(help: ArgumentHelp("Trust the authorities in this PEM file.", valueName: "file"))
    var caFile: String?

    @Option(help: ArgumentHelp("How long all of it may take, in seconds.", valueName: "seconds"))
    var timeout = 600

    func validate() throws {
        guard (bindDn == nil) == (passwordFile == nil) else {
            throw ValidationError("--bind-dn and --password-file go together")
        }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout takes 1 to 86400 seconds")
        }
    }

    /// The server of a URL, spoken to as these options say.
    func server(at url: String) throws -> LDAPServer {
        do throws(LDAPURLError) {
            return try LDAPServer(
                url: url, startTLS: startTls, authorityFile: caFile,
                operationTimeout: .seconds(timeout))
        } catch {
            throw CommandFailure(
                .usage, "--server: \(error)", "--server: \(error)")
        }
    }

    /// As whom to speak to it.
    func credential() throws -> LDAPCredential {
        guard let bindDn, let passwordFile else { return .anonymous }
        return .simple(
            dn: bindDn, password: LDAPSecret(bytes: try SecretFile.bytes(at: passwordFile)))
    }
}
