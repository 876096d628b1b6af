package import Diagnostics

/// A source as nodes over tokens, from which every byte of it can be had again.
///
/// A token carries the spaces and comments before it, so the tokens alone are the source; the nodes say which of
/// them belong together. Nodes stand in the order in which they begin, an outer one before those inside it.
package struct SyntaxTree: Hashable, Sendable {
    /// What a node is.
    package enum Kind: Hashable, Sendable {
        /// A top-level declaration, whole.
        case declaration
        /// What stands in braces, with them: the members of a declaration.
        case block
        /// One member of a block.
        case member
        /// A list in braces that belongs to a declaration: cases, rows, assignments.
        case list
        /// A set in braces, which reads as one value.
        case literal
        /// The type of an attribute, a field or an argument, with what may be said before it.
        case type
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
    package struct Node: Hashable, Sendable {
        /// What it is.
        package let kind: Kind
        /// Its first token.
        package let first: Int
        /// The place after its last token.
        package var end: Int
    }

    /// The words of the source, its end among them.
    package let tokens: [Token]
    /// What belongs together.
    package let nodes: [Node]

    init(tokens: [Token], nodes: [Node]) {
        self.tokens = tokens
        self.nodes = nodes
    }

    /// Parses a source.
    package init(of source: SourceText) { self = Parser.parse(source, index: 0).0.tree }

    /// The source's text again, from the tokens and what stands between them.
    package func text(of source: SourceText) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        for token in tokens {
            bytes += source.bytes[token.triviaStart..<token.place.span.upper]
        }
        // A source too large to be read is all behind its last token.
        return bytes + source.bytes[(tokens.last?.place.span.upper ?? 0)...]
    }

    /// The comments, in order, without the spaces at their ends.
    package func comments(of source: SourceText) -> [String] {
        tokens.flatMap { Lead(of: $0, in: source).comments.map(\.text) }
    }
}
