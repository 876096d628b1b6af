public import Facts

/// Names a program: the SHA-256 digest of its encoded form, in hexadecimal.
public struct ProgramDigest: Hashable, Sendable, CustomStringConvertible {
    /// The digest in lower-case hexadecimal.
    public let description: String

    /// Creates a digest from its hexadecimal form.
    public init(hexadecimal: String) { description = hexadecimal }
}

/// What whoever enforces a permit must do besides.
public struct Obligation: Hashable, Sendable, Comparable {
    /// What, in the policy's word.
    public let name: String
    /// What the policy says with it; a value that is not known is left out.
    public let parameters: [String: Value]

    /// Creates an obligation.
    public init(name: String, parameters: [String: Value] = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// Orders by name, then by what is said with it.
    public static func < (left: Obligation, right: Obligation) -> Bool {
        guard left.name == right.name else { return left.name < right.name }
        let (first, second) = (
            left.parameters.sorted { $0.key < $1.key }, right.parameters.sorted { $0.key < $1.key }
        )
        return first.lexicographicallyPrecedes(second) { ($0.key, $0.value) < ($1.key, $1.value) }
    }
}

/// The answer to a request, and what it rests on.
public struct Decision: Hashable, Sendable {
    /// Why the answer is what it is.
    public enum Basis: String, Hashable, Sendable, BitwiseCopyable {
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
    /// What whoever enforces a permit must do besides, in order.
    public let obligations: [Obligation]
    /// Until when the answer holds if nothing new is recorded; nil where nothing known will change it.
    public let validUntil: Instant?
    /// The program that gave it.
    public let program: ProgramDigest
    /// The ledger sequence of the facts it rests on.
    public let sequence: Int64

    /// Whether the request is permitted.
    public var isPermitted: Bool { basis == .permitted }

    /// What two permits come to together.
    func and(_ other: Decision) -> Decision {
        let ends = [validUntil, other.validUntil].compactMap(\.self)
        return Decision(
            basis: basis, rules: Set(rules + other.rules).sorted(),
            obligations: Set(obligations + other.obligations).sorted(), validUntil: ends.min(),
            program: program, sequence: sequence)
    }

    /// The same with another end.
    func ending(_ end: Instant?) -> Decision {
        Decision(
            basis: basis, rules: rules, obligations: obligations, validUntil: end,
            program: program, sequence: sequence)
    }

    /// Creates a decision.
    public init(
        basis: Basis, rules: [String] = [], obligations: [Obligation] = [],
        validUntil: Instant? = nil,
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
