/// How a directory answers, as a number of RFC 4511; below zero, what libldap itself says.
package struct LDAPResultCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    package let rawValue: Int32

    /// Takes any number; servers may have more than we name.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// Done.
    package static let success = LDAPResultCode(rawValue: 0)
    /// The server met a state it should not be in.
    package static let operationsError = LDAPResultCode(rawValue: 1)
    /// The request was not one.
    package static let protocolError = LDAPResultCode(rawValue: 2)
    /// The server stopped at its time limit.
    package static let timeLimitExceeded = LDAPResultCode(rawValue: 3)
    /// The server stopped at its limit of entries.
    package static let sizeLimitExceeded = LDAPResultCode(rawValue: 4)
    /// The server wants another way to prove who we are.
    package static let authMethodNotSupported = LDAPResultCode(rawValue: 7)
    /// The server wants a stronger proof, or a protected connection.
    package static let strongerAuthRequired = LDAPResultCode(rawValue: 8)
    /// Another server has what was asked for.
    package static let referral = LDAPResultCode(rawValue: 10)
    /// The server stopped at a limit of its administrator.
    package static let adminLimitExceeded = LDAPResultCode(rawValue: 11)
    /// A control that we insisted on is unknown to the server.
    package static let unavailableCriticalExtension = LDAPResultCode(rawValue: 12)
    /// The server insists on a protected connection.
    package static let confidentialityRequired = LDAPResultCode(rawValue: 13)
    /// What the cookie stands for is no longer known; the content has to be read anew (RFC 4533).
    package static let syncRefreshRequired = LDAPResultCode(rawValue: 4096)
    /// No such attribute.
    package static let noSuchAttribute = LDAPResultCode(rawValue: 16)
    /// Such a value is there already.
    package static let attributeOrValueExists = LDAPResultCode(rawValue: 20)
    /// No such entry, or we may not know of it.
    package static let noSuchObject = LDAPResultCode(rawValue: 32)
    /// A name was not one.
    package static let invalidDNSyntax = LDAPResultCode(rawValue: 34)
    /// This kind of proof doesn't fit.
    package static let inappropriateAuthentication = LDAPResultCode(rawValue: 48)
    /// Name or password is wrong.
    package static let invalidCredentials = LDAPResultCode(rawValue: 49)
    /// We may not do this.
    package static let insufficientAccessRights = LDAPResultCode(rawValue: 50)
    /// The server is too busy.
    package static let busy = LDAPResultCode(rawValue: 51)
    /// The server is not at work.
    package static let unavailable = LDAPResultCode(rawValue: 52)
    /// The server refuses.
    package static let unwillingToPerform = LDAPResultCode(rawValue: 53)
    /// The entry would no longer be what its object classes say.
    package static let objectClassViolation = LDAPResultCode(rawValue: 65)
    /// What the request asserted doesn't hold (RFC 4528).
    package static let assertionFailed = LDAPResultCode(rawValue: 122)
    /// Something else.
    package static let other = LDAPResultCode(rawValue: 80)

    /// libldap: the connection is gone.
    static let serverDown = LDAPResultCode(rawValue: -1)
    /// libldap: something went wrong here; on an answer, it was not LDAP.
    static let localError = LDAPResultCode(rawValue: -2)
    /// libldap: a request can't be encoded.
    static let encodingError = LDAPResultCode(rawValue: -3)
    /// libldap: an answer can't be decoded.
    static let decodingError = LDAPResultCode(rawValue: -4)
    /// libldap: the network timeout has passed.
    static let timeout = LDAPResultCode(rawValue: -5)
    /// libldap: no connection came about.
    static let connectError = LDAPResultCode(rawValue: -11)

    /// The name of RFC 4511, or the number.
    package var description: String {
        let name = Self.names[rawValue]
        return name.map { "\($0) (\(rawValue))" } ?? "result code \(rawValue)"
    }

    private static let names: [Int32: String] = [
        0: "success", 1: "operationsError", 2: "protocolError", 3: "timeLimitExceeded",
        4: "sizeLimitExceeded", 7: "authMethodNotSupported", 8: "strongerAuthRequired",
        10: "referral", 11: "adminLimitExceeded", 12: "unavailableCriticalExtension",
        13: "confidentialityRequired", 16: "noSuchAttribute", 19: "constraintViolation",
        20: "attributeOrValueExists",
        21: "invalidAttributeSyntax", 32: "noSuchObject",
        34: "invalidDNSyntax", 48: "inappropriateAuthentication", 49: "invalidCredentials",
        50: "insufficientAccessRights", 51: "busy", 52: "unavailable", 53: "unwillingToPerform",
        65: "objectClassViolation", 80: "other", 122: "assertionFailed",
        4096: "e-syncRefreshRequired",
    ]
}
