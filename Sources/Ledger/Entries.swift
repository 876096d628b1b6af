package import DecisionEngine
package import Facts

/// An entry to be appended; the ledger gives it its sequence.
package struct NewEntry: Hashable, Sendable {
    /// Who says so.
    package let source: String
    /// What it says.
    package let content: LedgerEntry.Content

    /// Creates an entry.
    package init(source: String, content: LedgerEntry.Content) {
        self.source = source
        self.content = content
    }
}

/// What appending did.
package struct AppendResult: Hashable, Sendable {
    /// The sequences of the new entries, in the order given; nil where all were repeated.
    package let sequences: ClosedRange<Int64>?
    /// How many events were in the ledger already, with the same content.
    package let repeated: Int
    /// The ledger's last sequence now.
    package let lastSequence: Int64
}

/// A policy that comes into force by being recorded.
package struct Adoption: Hashable, Sendable {
    /// A file of the policy.
    package struct File: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// Its bytes, as they were.
        package let bytes: [UInt8]

        /// Creates a file.
        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Who adopts it.
    package let source: String
    /// The policy's text.
    package let files: [File]
    /// The program that the text was compiled to.
    package let program: ProgramDigest

    /// Creates an adoption.
    package init(files: [File], program: ProgramDigest, source: String = "policy") {
        self.files = files
        self.program = program
        self.source = source
    }
}

/// A line of the ledger's history, for people to read.
package struct JournalLine: Hashable, Sendable {
    /// What a line is about.
    package enum Content: Hashable, Sendable {
        /// An event, a statement or a correction.
        case fact(LedgerEntry.Content)
        /// A policy came into force.
        case adoption(Adoption)
        /// Something was carried out in another system, or is about to be.
        case enforcement(EnforcementRecord)
    }

    /// Its place in the ledger.
    package let sequence: Int64
    /// When it was recorded.
    package let recordedAt: Instant
    /// Who said so.
    package let source: String
    /// What was said.
    package let content: Content

    /// Whether facts or the policy follow from it.
    package var isStatement: Bool {
        if case .enforcement = content { false } else { true }
    }
}
