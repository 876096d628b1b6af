/// What went wrong between us and a directory.
///
/// It never holds a credential.
package struct LDAPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure, as far as a caller might act on them.
    package enum Kind: Hashable, Sendable {
        /// No connection came about: wrong address, nobody there, or a network in between.
        case unreachable
        /// The time for the operation has passed.
        case timedOut
        /// The server knows no such name with such a password.
        case invalidCredentials
        /// The connection ended before the answer was complete.
        case connectionLost
        /// The connection can't be protected, or the server's certificate isn't trusted.
        case tls
        /// The server said no; also when it stopped at a limit of its own with part of the answer.
        case refused(LDAPResultCode)
        /// What came back is not the answer to what was asked.
        case malformedAnswer
        /// The server says of entries that they are as they were, and never gave them.
        case unknownEntries
        /// The server gave only a part of an attribute's values.
        case incompleteValues(String)
        /// There are more entries than the caller's limit.
        case tooManyEntries(limit: Int)
        /// The entries are larger, in bytes, than the caller's limit.
        case tooManyBytes(limit: Int)
        /// The request can't be sent as it is.
        case invalidRequest(InvalidRequest)
        /// The task was cancelled.
        case cancelled
        /// libldap can't do it here: out of memory, for example.
        case failure(LDAPResultCode)
    }

    /// Why a request isn't sent.
    package enum InvalidRequest: Hashable, Sendable {
        /// A name with an empty password: servers take it for nobody and report success.
        case emptyPassword
        /// A text holds NUL.
        case nulInText
        /// Not an attribute's name.
        case attribute(String)
    }

    /// What was being done.
    package enum Operation: String, Hashable, Sendable {
        /// Coming to a connection.
        case connect
        /// Protecting it.
        case startTLS
        /// Saying who we are.
        case bind
        /// Searching.
        case search
        /// Changing an entry.
        case modify
    }

    /// What kind of failure it is.
    package let kind: Kind
    /// What was being done.
    package let operation: Operation
    /// The server's address.
    package let server: String
    /// What the server, or libldap, says about it, on one line.
    package let diagnostic: String?

    init(_ kind: Kind, _ operation: Operation, server: LDAPServer, diagnostic: String? = nil) {
        self.kind = kind
        self.operation = operation
        self.server = server.url
        self.diagnostic = diagnostic.flatMap(Self.clean)
    }

    /// One line in English.
    package var description: String {
        let rest = diagnostic.map { " [\($0)]" } ?? ""
        return "\(server): \(what)\(rest)"
    }

    private var what: String {
        switch kind {
        case .unreachable: "the directory can't be reached"
        case .timedOut where operation == .modify:
            "no answer in time to a change; whether it was made is not known"
        case .timedOut: "no answer in time to \(operation.rawValue)"
        case .invalidCredentials: "the name or the password is wrong"
        case .connectionLost where operation == .modify:
            "the connection was lost during a change; whether it was made is not known"
        case .connectionLost:
            "the connection was lost during \(operation.rawValue); what had arrived is dropped"
        case .tls: "the connection can't be protected by TLS"
        case .refused(let code): "\(operation.rawValue) was refused: \(code)"
        case .malformedAnswer: "the answer to \(operation.rawValue) can't be understood"
        case .unknownEntries: "the server takes entries for known that it never gave"
        case .incompleteValues(let name): "the server gave only a part of the values of `\(name)`"
        case .tooManyEntries(let limit): "more than \(limit) entries match"
        case .tooManyBytes(let limit): "the entries found are larger than \(limit) bytes"
        case .invalidRequest(.emptyPassword): "a name needs a password"
        case .invalidRequest(.nulInText): "a name or attribute holds a NUL character"
        case .invalidRequest(.attribute(let name)): "`\(name)` is not the name of an attribute"
        case .cancelled: "\(operation.rawValue) was cancelled"
        case .failure(let code): "\(operation.rawValue) can't be carried out here: \(code)"
        }
    }

    /// A server's words may be long, or hold line ends and controls that would spoil a log.
    private static func clean(_ text: String) -> String? {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(500) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        let words = String(scalars).split(separator: " ")
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
