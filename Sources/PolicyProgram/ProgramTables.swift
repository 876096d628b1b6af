public import Facts

/// A part of a rule with the words that said it.
public struct ProgramClause: Hashable, Sendable {
    /// The condition.
    public let node: NodeIndex
    /// Its words in the policy.
    public let text: String

    package init(node: NodeIndex, text: String) {
        self.node = node
        self.text = text
    }
}

/// A rule in a program.
public struct ProgramRule: Hashable, Sendable {
    /// What a rule does.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable, BitwiseCopyable {
        /// Gives a reason, must hold, stands in the way, adds obligations.
        case permit, require, forbid, oblige
    }

    /// Its name.
    public let name: String
    /// What it does.
    public let kind: Kind
    /// What it adds to a permit.
    public let obligations: [ProgramObligation]
    /// The actions it is about, by their places in the table of actions.
    public let actions: [UInt32]
    /// The condition whose value is the rule's outcome.
    public let outcome: NodeIndex
    /// The class it is about.
    public let head: [ProgramClause]
    /// When it applies.
    public let when: [ProgramClause]
    /// What it asks for.
    public let onlyIf: [ProgramClause]
    /// Why, by language.
    public let because: [String: String]
    /// The measures it carries out.
    public let cites: [String]
    /// Its text.
    public let text: String

    package init(
        name: String, kind: Kind, obligations: [ProgramObligation], actions: [UInt32],
        outcome: NodeIndex,
        head: [ProgramClause], when: [ProgramClause], onlyIf: [ProgramClause],
        because: [String: String], cites: [String], text: String
    ) {
        self.name = name
        self.kind = kind
        self.obligations = obligations
        self.actions = actions
        self.outcome = outcome
        self.head = head
        self.when = when
        self.onlyIf = onlyIf
        self.because = because
        self.cites = cites
        self.text = text
    }
}

/// How long decisions about a class may be held.
public struct ProgramLease: Hashable, Sendable {
    /// The class.
    public let head: NodeIndex
    /// How long.
    public let period: Period

    package init(head: NodeIndex, period: Period) {
        self.head = head
        self.period = period
    }
}

/// A constant of a program.
public struct ProgramConstant: Hashable, Sendable {
    /// The value.
    public let value: Value
    /// Its type, which says what an enumeration's case ranks.
    public let type: ValueType

    package init(value: Value, type: ValueType) {
        self.value = value
        self.type = type
    }
}

/// The tables of a program that nobody has verified: what the compiler makes and a file holds.
public struct ProgramTables: Hashable, Sendable {
    package var name = ""
    package var version = ""
    package var zone = ZoneTable.utc
    package var vocabulary = Vocabulary()
    package var actions: [String] = []
    package var columns: [ColumnKey] = []
    package var constants: [ProgramConstant] = []
    package var operands: [OperandNode] = []
    package var nodes: [Node] = []
    package var lists: [NodeIndex] = []
    package var moments: [MomentNode] = []
    package var quantifiers: [QuantifierNode] = []
    package var elapses: [ElapsedNode] = []
    package var windows: [WindowNode] = []
    package var periods: [Period] = []
    package var rules: [ProgramRule] = []
    package var leases: [ProgramLease] = []
    package var limits: [ProgramLimit] = []
    package var duties: [ProgramDuty] = []
    package var entitlements: [ProgramEntitlement] = []

    package init() {}
}

/// A checked policy, compiled, and proved safe to run.
///
/// Immutable, and safe to share between threads. Only `ProgramTables.verified()` makes one. A class, because every
/// evaluation holds it, and to copy that many tables costs more than to evaluate them.
public final class Program: Sendable {
    /// The tables, which the verifier has gone through.
    package let tables: ProgramTables
    /// For each action, the rules about it.
    package let rulesByAction: [[Int]]

    /// The policy's name.
    public var name: String { tables.name }
    /// The policy's version, as its authors write it.
    public var version: String { tables.version }
    /// The zone its dates are in.
    public var zone: ZoneTable { tables.zone }
    /// What it can speak of.
    public var vocabulary: Vocabulary { tables.vocabulary }
    /// The names of its actions.
    public var actions: [String] { tables.actions }
    /// Its rules, in order of name.
    public var rules: [ProgramRule] { tables.rules }
    /// How many people may have some access, in order of name.
    public var limits: [ProgramLimit] { tables.limits }
    /// What events ask people to do.
    public var duties: [ProgramDuty] { tables.duties }
    /// The groups whose members it defines, in order of name.
    public var entitlements: [ProgramEntitlement] { tables.entitlements }

    fileprivate init(verified tables: ProgramTables) {
        self.tables = tables
        var byAction = [[Int]](repeating: [], count: tables.actions.count)
        for (index, rule) in tables.rules.enumerated() {
            for action in rule.actions { byAction[Int(action)].append(index) }
        }
        rulesByAction = byAction
    }
}

extension ProgramTables {
    /// The program these tables hold, if it is safe to run.
    ///
    /// - Complexity: linear in the size of the tables.
    public func verified() throws(ProgramFormatError) -> Program {
        try ProgramVerifier(tables: self).verify()
        return Program(verified: self)
    }
}

/// Why bytes or tables are no program.
public struct ProgramFormatError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: String, Hashable, Sendable {
        /// The bytes are not a program file at all.
        case notAProgram
        /// They are of another version of the format.
        case otherVersion
        /// They end too early, or go on too long.
        case wrongLength
        /// A number or text in them is out of its range.
        case malformed
        /// Something refers to what is not there, or to itself.
        case danglingReference
        /// It would need more room to run than there is.
        case tooDeep
    }

    /// What is wrong.
    public let reason: Reason

    package init(_ reason: Reason) { self.reason = reason }
}
