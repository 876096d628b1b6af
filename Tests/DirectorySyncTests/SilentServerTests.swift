import DirectorySync
import Foundation
import LDAPClient
import SlapdSupport
import Testing

/// Accepts connections, as the system does for any listening socket, and never says a word.
final class SilentServer {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(isListening)
    }

    deinit { close(descriptor) }
}

@Suite("A server that says nothing")
struct SilentServerTests {
    @Test("is given up when the time for everything is over")
    func deadline() async throws {
        let silent = try SilentServer()
        let server = try LDAPServer(url: "ldap://127.0.0.1:\(silent.port)")
        let mapping = try Aoba.mapping()
        let start = ContinuousClock.now
        let error = await #expect(throws: DirectoryError.self) {
            try await DirectorySource.server(server, .anonymous)
                .entries(for: mapping, within: .milliseconds(300))
        }
        #expect(error == .timedOut(after: .milliseconds(300)))
        #expect(start.duration(to: .now) < Listener.hang)
        withExtendedLifetime(silent) {}
    }

    @Test("does not hold up a caller who gives up")
    func cancelled() async throws {
        let silent = try SilentServer()
        let server = try LDAPServer(url: "ldap://127.0.0.1:\(silent.port)")
        let mapping = try Aoba.mapping()
        let task = Task {
            try await DirectorySource.server(server, .anonymous).entries(for: mapping)
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: DirectoryError.self) { try await task.value }
        guard case .server(let cause) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(cause.kind == .cancelled)
        withExtendedLifetime(silent) {}
    }
}
