/// Where a directory is, how the way to it is protected, and how long we wait for it.
package struct LDAPServer: Hashable, Sendable {
    /// How the connection is protected.
    package enum Security: Hashable, Sendable {
        /// Nothing is protected: for a server on the same machine, or for tests.
        case plain
        /// TLS is agreed on the plain port, before anything else is said.
        case startTLS
        /// TLS from the first byte.
        case ldaps
        /// A socket of this machine, which no network sees.
        case local
    }

    /// A host name or address, or the path of a socket of this machine.
    ///
    /// An IPv6 address stands without its brackets.
    package let host: String
    /// The TCP port; 0 of a socket.
    package let port: UInt16
    /// How the connection is protected.
    package let security: Security
    /// The PEM file of the authorities we trust; nil means the system's.
    package var authorityFile: String?
    /// What we show the server to say who we are, where it asks in TLS; nil for nothing.
    package var certificate: LDAPCertificate?
    /// How long a connection, or a TLS handshake, may take to come about.
    package var networkTimeout: Duration
    /// How long one operation, such as a bind or a whole search with all its pages, may take.
    package var operationTimeout: Duration

    /// Reads a server's address from a URL such as `ldap://directory.example:389`.
    ///
    /// Only scheme, host and port may be given: what to search, and as whom, is said elsewhere. A socket of this machine is
    /// written `ldapi://` and its path, with `%2F` for `/`.
    ///
    /// - Parameters:
    ///   - url: `ldap://` or `ldaps://`, a host, and a port if it isn't 389 or 636; or `ldapi://` and a socket.
    ///   - startTLS: Whether an `ldap://` connection is to be protected by StartTLS.
    ///   - authorityFile: A PEM file of trusted authorities.
    ///   - networkTimeout: How long a connection may take to come about.
    ///   - operationTimeout: How long one operation may take.
    /// - Throws: What is wrong with the URL.
    package init(
        url: String, startTLS: Bool = false, authorityFile: String? = nil,
        networkTimeout: Duration = .seconds(10), operationTimeout: Duration = .seconds(120)
    ) throws(LDAPURLError) {
        let parts = try LDAPURLParts(url)
        if startTLS, parts.scheme != .ldap {
            throw LDAPURLError(url: url, problem: .startTLSOverTLS)
        }
        host = parts.host
        port = parts.port
        security =
            switch parts.scheme {
            case .ldaps: .ldaps
            case .ldapi: .local
            case .ldap: startTLS ? .startTLS : .plain
            }
        self.authorityFile = authorityFile
        self.networkTimeout = networkTimeout
        self.operationTimeout = operationTimeout
    }

    /// The address as a URL, for messages.
    package var url: String {
        switch security {
        case .ldaps: "ldaps://" + authority
        case .plain, .startTLS: "ldap://" + authority
        case .local: "ldapi://" + socket
        }
    }

    /// The URL libldap gets.
    ///
    /// TLS from the first byte is started by ourselves right after the TCP connection, which tells
    /// a server that can't be reached from one that isn't trusted.
    var plainURL: String { security == .local ? url : "ldap://" + authority }

    private var socket: String { host.replacing("/", with: "%2F") }

    private var authority: String {
        (host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host) + ":\(port)"
    }
}

/// What is wrong with a directory's URL.
package struct LDAPURLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of mistake.
    package enum Problem: Hashable, Sendable {
        /// There is no `scheme://` at the beginning.
        case noScheme
        /// The scheme is none of `ldap`, `ldaps` and `ldapi`.
        case unknownScheme(String)
        /// No host is named.
        case noHost
        /// The host has characters that no host name or address has.
        case badHost(String)
        /// The port is not a number from 1 to 65535.
        case badPort(String)
        /// A user or password stands before the host; it belongs in the credential.
        case credentialInURL
        /// Something follows host and port.
        case trailingPart
        /// The path of a socket is none.
        case badSocket(String)
        /// StartTLS was asked for where there is nothing to protect.
        case startTLSOverTLS
    }

    /// The URL as given; empty if it holds a credential.
    package let url: String
    /// What is wrong.
    package let problem: Problem

    init(url: String, problem: Problem) {
        self.url = problem == .credentialInURL ? "" : url
        self.problem = problem
    }

    /// One line in English.
    package var description: String {
        switch problem {
        case .noScheme:
            "`\(url)` is not a directory's URL: it must begin with ldap://, ldaps:// or ldapi://"
        case .unknownScheme(let scheme): "`\(scheme)` is not ldap, ldaps or ldapi"
        case .badSocket(let path):
            "`\(path)` is not the path of a socket, with %2F for each /"
        case .noHost: "`\(url)` names no host"
        case .badHost(let host): "`\(host)` is not a host name or address"
        case .badPort(let port): "`\(port)` is not a port from 1 to 65535"
        case .credentialInURL: "a directory's URL holds no user or password"
        case .trailingPart: "`\(url)` goes on after host and port"
        case .startTLSOverTLS: "StartTLS is for ldap://, and `\(url)` needs none"
        }
    }
}

/// Scheme, host and port of a URL.
private struct LDAPURLParts {
    enum Scheme {
        case ldap, ldaps, ldapi
    }

    var scheme = Scheme.ldap
    var host = ""
    var port: UInt16 = 389

    init(_ url: String) throws(LDAPURLError) {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else {
            throw LDAPURLError(url: url, problem: .noScheme)
        }
        switch url[..<colon].lowercased() {
        case "ldap": break
        case "ldaps":
            scheme = .ldaps
            port = 636
        case "ldapi":
            scheme = .ldapi
            host = try Self.socket(url[colon...].dropFirst(3), of: url)
            port = 0
            return
        case let other: throw LDAPURLError(url: url, problem: .unknownScheme(other))
        }
        var rest = url[colon...].dropFirst(3)
        if rest.contains("@") { throw LDAPURLError(url: url, problem: .credentialInURL) }
        if rest.hasSuffix("/") { rest.removeLast() }
        if rest.contains(where: { "/?#".contains($0) }) {
            throw LDAPURLError(url: url, problem: .trailingPart)
        }
        let digits = try readHost(from: rest, of: url)
        guard let digits else { return }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits),
            number > 0
        else {
            throw LDAPURLError(url: url, problem: .badPort(String(digits)))
        }
        port = number
    }

    /// The path of a socket: the only sign that a URL can't have as it is, and a path needs, is `/`.
    private static func socket(_ text: Substring, of url: String) throws(LDAPURLError) -> String {
        if text.contains("@") { throw LDAPURLError(url: url, problem: .credentialInURL) }
        let path = text.replacing("%2F", with: "/").replacing("%2f", with: "/")
        let isFine =
            path.hasPrefix("/") && !text.contains("/")
            && path.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "/._-".utf8.contains(byte)
                }
            }
        guard isFine else { throw LDAPURLError(url: url, problem: .badSocket(String(text))) }
        return String(path)
    }

    /// Takes the host and returns the text of the port, if there is one.
    private mutating func readHost(
        from rest: Substring, of url: String
    ) throws(LDAPURLError) -> Substring? {
        let name: Substring
        let after: Substring
        let isAddress = rest.hasPrefix("[")
        if isAddress {
            guard let end = rest.firstIndex(of: "]") else {
                throw LDAPURLError(url: url, problem: .badHost(String(rest)))
            }
            name = rest[..<end].dropFirst()
            after = rest[end...].dropFirst()
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            name = rest[..<end]
            after = rest[end...]
        }
        if name.isEmpty { throw LDAPURLError(url: url, problem: .noHost) }
        let isFine = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): true
            case UInt8(ascii: ":"), UInt8(ascii: "%"): isAddress
            case UInt8(ascii: "_"): !isAddress
            default: false
            }
        }
        if !isFine || !(after.isEmpty || after.hasPrefix(":")) {
            throw LDAPURLError(url: url, problem: .badHost(String(name)))
        }
        host = String(name)
        return after.isEmpty ? nil : after.dropFirst()
    }
}
