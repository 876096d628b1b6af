import Foundation

/// A listening socket of 127.0.0.1, closed when the last reference goes.
package final class Listener: Sendable {
    let descriptor: Int32
    package let port: UInt16

    /// What takes longer than this hangs.
    ///
    /// Other tests may hold the machine for most of a minute, so less would be a matter of speed.
    package static let hang = Duration.seconds(100)

    package var url: String { "ldap://127.0.0.1:\(port)" }

    /// Accepts nothing by itself; the system still completes connections up to the backlog.
    package init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let failed = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) != 0
                    || getsockname(descriptor, address, &length) != 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard !failed, listen(descriptor, 16) == 0 else {
            throw SetupError(description: "no listening socket: errno \(errno)")
        }
    }

    deinit {
        // Wakes a thread that waits in accept; close alone doesn't.
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// Serves each connection on a thread of its own.
    package func serve(_ body: @escaping @Sendable (Int32) -> Void) {
        let descriptor = descriptor
        Thread.detachNewThread {
            while true {
                let client = accept(descriptor, nil, nil)
                if client < 0 { return }
                Thread.detachNewThread {
                    body(client)
                    close(client)
                }
            }
        }
    }

    /// Answers the n-th request of a connection with the n-th answer, whatever is asked.
    ///
    /// After the last the connection ends, or falls silent.
    package static func scripted(_ answers: [[UInt8]], thenCloses: Bool) throws -> Listener {
        let listener = try Listener()
        listener.serve { client in
            for answer in answers {
                guard Self.answer(client, answer) else { return }
            }
            if thenCloses { return }
            while Bytes.read(client) != nil {}
        }
        return listener
    }

    /// Passes on what client and server say, and cuts the connection after so many bytes from
    /// the server.
    package static func proxy(to port: UInt16, bytes: Int) throws -> Listener {
        let listener = try Listener()
        listener.serve { client in
            let server = connect(to: port)
            let requestsDone = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                while let data = Bytes.read(client), Bytes.write(data, to: server) {}
                shutdown(server, Int32(SHUT_RDWR))
                requestsDone.signal()
            }
            var left = bytes
            while left > 0, let data = Bytes.read(server) {
                if !Bytes.write(Array(data.prefix(left)), to: client) { break }
                left -= data.count
            }
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
            // Until then the number may not become another connection's.
            requestsDone.wait()
            close(server)
        }
        return listener
    }

    /// Takes a request and answers it so.
    package static func answer(_ client: Int32, _ bytes: [UInt8]) -> Bool {
        Bytes.read(client) != nil && send(bytes, to: client)
    }

    /// Sends bytes; false when the peer has gone.
    package static func send(_ bytes: [UInt8], to client: Int32) -> Bool {
        Bytes.write(bytes, to: client)
    }

    private static func connect(to port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: port)
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Foundation.connect(
                    descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

/// Reading and writing of sockets.
private enum Bytes {
    static func read(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let count = unsafe send(descriptor, rest, rest.count, Int32(MSG_NOSIGNAL))
            if count <= 0 { return false }
            sent += count
        }
        return true
    }
}

/// Just enough BER to make a server's answers by hand.
package enum Answer {
    package static let bound = result(1, tag: 0x61)
    package static let noRoot = result(2, tag: 0x65)

    package static func result(_ id: UInt8, tag: UInt8, code: UInt8 = 0, text: String = "")
        -> [UInt8]
    {
        message(id, element(tag, [0x0A, 1, code, 4, 0] + string(text)))
    }

    package static func entry(_ id: UInt8, dn: String, attribute: String, value: String) -> [UInt8]
    {
        let pair = element(0x30, string(attribute) + element(0x31, string(value)))
        return message(id, element(0x64, string(dn) + element(0x30, pair)))
    }

    package static func reference(_ id: UInt8, _ url: String) -> [UInt8] {
        message(id, element(0x73, string(url)))
    }

    private static func message(_ id: UInt8, _ body: [UInt8]) -> [UInt8] {
        element(0x30, [2, 1, id] + body)
    }

    private static func string(_ text: String) -> [UInt8] { element(4, Array(text.utf8)) }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
    }
}
