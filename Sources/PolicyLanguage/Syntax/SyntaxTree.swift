import Diagnostics

/// A source as nodes over tokens, from which every byte of it can be had again.
///
/// A token carries the spaces and comments before it, so the tokens alone are the source; the nodes say which of
/// them belong together. Nodes stand in the order in which they begin, an outer one before those inside it.
struct SyntaxTree: Hashable, Sendable {
    /// What a node is.
    enum Kind: Hashable, Sendable {
        /// A top-level declaration, whole.
        case declaration
        /// What stands in braces, with them: the members of a declaration.
        case block
        /// One member of a block.
        case member
        /// A set, an assignment list or another list in braces that reads as one value.
        case literal
        /// `document(tier = secret)`.
        case classPattern
        /// `when …`, `only if …`, `because …`, `cites …` and the like: a part of a rule that may have its own line.
        case clause
        /// A condition or a value.
        case expression
        /// A statement of a scenario.
        case statement
        /// What could not be read.
        case unexpected
    }

    /// A stretch of tokens that belong together.
    struct Node: Hashable, Sendable {
        let kind: Kind
        let first: Int
        /// The place after its last token.
        var end: Int
    }

    let tokens: [Token]
    let nodes: [Node]

    /// The source's text again, from the tokens and what stands between them.
    func text(of source: SourceText) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        for token in tokens {
            bytes += source.bytes[token.triviaStart..<token.place.span.upper]
        }
        return bytes
    }
}
