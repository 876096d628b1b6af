public import Facts

/// Names a program: the SHA-256 digest of its encoded form, in hexadecimal.
public struct ProgramDigest: Hashable, Sendable, CustomStringConvertible {
    /// The digest in lower-case hexadecimal.
    public let description: String

    /// Creates a digest from its hexadecimal form.
    public init(hexadecimal: String) { description = hexadecimal }
}

/// The answer to a request, and what it rests on.
public struct Decision: Hashable, Sendable {
    /// Why the answer is what it is.
    public enum Basis: String, Hashable, Sendable {
        /// Permits gave a reason and nothing stood in the way.
        case permitted
        /// Requirements or prohibitions stand in the way.
        case inTheWay
        /// Nothing stands in the way, and no permit gives a reason.
        case noPermit
        /// The subject, the action or the resource is not known; the answer doesn't tell which.
        case unknownName
    }

    /// Why.
    public let basis: Basis
    /// The rules that determined it, in order of name.
    public let rules: [String]
    /// What whoever enforces a permit must do besides, in order of name.
    public let obligations: [String]
    /// Until when the answer holds if nothing new is recorded; nil where nothing known will change it.
    public let validUntil: Instant?
    /// The program that gave it.
    public let program: ProgramDigest
    /// The ledger sequence of the facts it rests on.
    public let sequence: Int64

    /// Whether the request is permitted.
    public var isPermitted: Bool { basis == .permitted }

    /// Creates a decision.
    public init(
        basis: Basis, rules: [String] = [], obligations: [String] = [], validUntil: Instant? = nil,
        program: ProgramDigest, sequence: Int64
    ) {
        self.basis = basis
        self.rules = rules
        self.obligations = obligations
        self.validUntil = validUntil
        self.program = program
        self.sequence = sequence
    }
}
