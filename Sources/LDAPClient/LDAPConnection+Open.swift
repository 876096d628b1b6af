import CLDAP
import Foundation

extension LDAPConnection {
    /// The largest message we take from a server, in bytes; libldap has no limit of its own.
    private static let maximumMessage = 256 << 20

    /// libldap fills its defaults on first use, and not safely from several threads at once.
    private static let libraryIsReady: Bool = {
        var version: Int32 = 0
        return unsafe ldap_get_option(nil, LDAP_OPT_PROTOCOL_VERSION, &version) == LDAP_OPT_SUCCESS
    }()

    /// Connects, protects the connection and says who we are.
    static func open(
        _ server: LDAPServer, as credential: LDAPCredential, cancellation: CancellationFlag
    ) throws(LDAPError) -> LDAPConnection {
        guard libraryIsReady else {
            throw LDAPError(.failure(.localError), .connect, server: server)
        }
        var handle: OpaquePointer?
        let code = unsafe ldap_initialize(&handle, server.plainURL)
        guard code == LDAP_SUCCESS, let handle = unsafe handle else {
            let kind = LDAPError.Kind.failure(LDAPResultCode(rawValue: code))
            throw LDAPError(kind, .connect, server: server)
        }
        let connection = unsafe LDAPConnection(
            handle: handle, server: server, cancellation: cancellation)
        try connection.setOptions()
        try connection.connect()
        try connection.protect()
        try connection.bind(as: credential)
        return connection
    }

    private func setOptions() throws(LDAPError) {
        // Each is set outright: what ldap.conf or the environment says must not reach us.
        try set(LDAP_OPT_PROTOCOL_VERSION, 3)
        try set(LDAP_OPT_DEREF, LDAP_DEREF_NEVER)
        try set(LDAP_OPT_SIZELIMIT, LDAP_NO_LIMIT)
        try set(LDAP_OPT_TIMELIMIT, LDAP_NO_LIMIT)
        try set(LDAP_OPT_X_KEEPALIVE_IDLE, 60)
        try set(LDAP_OPT_X_KEEPALIVE_PROBES, 3)
        try set(LDAP_OPT_X_KEEPALIVE_INTERVAL, 10)
        try unsafe set(LDAP_OPT_REFERRALS, ntk_ldap_opt_off())
        try unsafe set(LDAP_OPT_RESTART, ntk_ldap_opt_off())
        // Keeps libldap from opening another connection by itself when this one fails.
        try unsafe set(LDAP_OPT_KEEPCONN, ntk_ldap_opt_on())
        try set(LDAP_OPT_NETWORK_TIMEOUT, server.networkTimeout.timeval)
        try set(LDAP_OPT_TIMEOUT, server.operationTimeout.timeval)
        switch server.security {
        case .plain, .local: break
        case .startTLS, .ldaps: try setTLSOptions()
        }
    }

    private func setTLSOptions() throws(LDAPError) {
        if let file = server.authorityFile {
            guard unsafe ldap_set_option(handle, LDAP_OPT_X_TLS_CACERTFILE, file) == 0 else {
                throw error(.tls, .startTLS, diagnostic: "\(file) can't be used")
            }
        }
        if let certificate = server.certificate {
            for (option, file) in [
                (LDAP_OPT_X_TLS_CERTFILE, certificate.file),
                (LDAP_OPT_X_TLS_KEYFILE, certificate.keyFile),
            ] {
                guard unsafe ldap_set_option(handle, option, file) == 0 else {
                    throw error(.tls, .startTLS, diagnostic: "\(file) can't be used")
                }
            }
        }
        try set(LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_DEMAND)
        try set(LDAP_OPT_X_TLS_PROTOCOL_MIN, (3 << 8) + 3)  // TLS 1.2
        // The options above take effect in a new context only; 0 makes it a client's.
        var isServer: Int32 = 0
        guard unsafe ldap_set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &isServer) == 0 else {
            let files =
                [server.authorityFile ?? "the system's authorities"]
                + (server.certificate.map { [$0.file, $0.keyFile] } ?? [])
            throw error(
                .tls, .startTLS, diagnostic: files.joined(separator: ", ") + " can't be used")
        }
    }

    private func connect() throws(LDAPError) {
        guard unsafe ldap_connect(handle) == LDAP_SUCCESS else {
            throw error(.unreachable, .connect, diagnostic: diagnostic)
        }
        var limit = ber_len_t(Self.maximumMessage)
        var buffer: OpaquePointer?
        unsafe ldap_get_option(handle, LDAP_OPT_SOCKBUF, &buffer)
        unsafe ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &limit)
        setBlocking(false)
    }

    private var descriptor: Int32 {
        var descriptor: Int32 = -1
        unsafe ldap_get_option(handle, LDAP_OPT_DESC, &descriptor)
        return descriptor
    }

    /// Sets whether reads and writes wait.
    ///
    /// They must not, outside a TLS handshake: libldap would wait inside them, where no deadline
    /// of ours is seen, and a server that sends half a message and falls silent would hold us for
    /// ever.
    private func setBlocking(_ waits: Bool) {
        let descriptor = descriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, waits ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }

    private func protect() throws(LDAPError) {
        if server.security == .plain || server.security == .local { return }
        if server.security == .startTLS { try requestTLS() }
        // With GnuTLS libldap keeps to no timeout here: where reads don't wait it spins, where they
        // do it waits for ever. So let them wait, and cut the connection when the time has come.
        try set(LDAP_OPT_NETWORK_TIMEOUT, timeval(tv_sec: -1, tv_usec: 0))
        setBlocking(true)
        let watchdog = Watchdog(
            descriptor: descriptor, limit: server.networkTimeout, cancellation: cancellation)
        let code = unsafe ldap_install_tls(handle)
        if watchdog.stop() {
            throw error(cancellation.isCancelled ? .cancelled : .timedOut, .startTLS)
        }
        guard code == LDAP_SUCCESS, unsafe ldap_tls_inplace(handle) == 1 else {
            throw error(.tls, .startTLS, diagnostic: diagnostic)
        }
        setBlocking(false)
    }

    private func requestTLS() throws(LDAPError) {
        let deadline = Deadline(after: server.operationTimeout)
        var request: Int32 = 0
        let code = unsafe ldap_start_tls(handle, nil, nil, &request)
        guard code == LDAP_SUCCESS else { throw sendingError(code, .startTLS) }
        let message = try nextMessage(for: request, .startTLS, until: deadline)
        let result = try readResult(message, .startTLS)
        guard message.type == Int32(LDAP_RES_EXTENDED), result.code == .success else {
            throw error(.tls, .startTLS, diagnostic: result.diagnostic ?? "\(result.code)")
        }
    }

    private func bind(as credential: LDAPCredential) throws(LDAPError) {
        var dn = ""
        var password: [UInt8] = []
        var mechanism: String?
        if case .external = credential { mechanism = "EXTERNAL" }
        if case .simple(let name, let secret) = credential {
            if secret.isEmpty { throw error(.invalidRequest(.emptyPassword), .bind) }
            if name.utf8.contains(0) { throw error(.invalidRequest(.nulInText), .bind) }
            dn = name
            password = secret.bytes
        }
        let deadline = Deadline(after: server.operationTimeout)
        var request: Int32 = 0
        let code = unsafe withBerval(password) { value in
            // No mechanism means a simple bind.
            unsafe ldap_sasl_bind(handle, dn, mechanism, value, nil, nil, &request)
        }
        guard code == LDAP_SUCCESS else { throw sendingError(code, .bind) }
        let message = try nextMessage(for: request, .bind, until: deadline)
        let result = try readResult(message, .bind)
        guard message.type == Int32(LDAP_RES_BIND) else { throw error(.malformedAnswer, .bind) }
        switch result.code {
        case .success: return
        case .invalidCredentials:
            throw error(.invalidCredentials, .bind, diagnostic: result.diagnostic)
        case let code: throw error(.refused(code), .bind, diagnostic: result.diagnostic)
        }
    }

    private func set(_ option: Int32, _ value: Int32) throws(LDAPError) {
        var value = value
        try check(unsafe ldap_set_option(handle, option, &value))
    }

    private func set(_ option: Int32, _ value: timeval) throws(LDAPError) {
        var value = value
        try check(unsafe ldap_set_option(handle, option, &value))
    }

    private func set(_ option: Int32, _ value: UnsafeRawPointer?) throws(LDAPError) {
        try check(unsafe ldap_set_option(handle, option, value))
    }

    private func check(_ code: Int32) throws(LDAPError) {
        guard code == LDAP_OPT_SUCCESS else { throw error(.failure(.localError), .connect) }
    }
}
