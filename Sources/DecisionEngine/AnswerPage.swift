/// A part of the answer to a reverse question, in order of id.
public struct AnswerPage<Element: Sendable>: Sendable {
    /// Who, or what.
    public let elements: [Element]
    /// Whether the answer ends with these: if not, ask again for what comes after the last.
    public let isLast: Bool
}
