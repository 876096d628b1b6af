import Facts

/// Reads the words of a scenario's statement from the front, and knows the vocabulary's phrases.
struct WordCursor {
    private let words: [Token]
    private var position = 0

    init(_ words: [Token]) { self.words = words }

    var isAtEnd: Bool { position >= words.count }

    /// The words that are left.
    var rest: ArraySlice<Token> { words[min(position, words.count)...] }

    func peek() -> Token? { isAtEnd ? nil : words[position] }

    mutating func advance() { position += 1 }

    mutating func next() -> Token? {
        guard let token = peek() else { return nil }
        advance()
        return token
    }

    mutating func take(_ word: String) -> Bool {
        guard let token = peek(), token.kind != .text, token.text == word else { return false }
        advance()
        return true
    }

    /// A word, or a set in braces.
    mutating func value() -> RawValue? {
        guard let first = next() else { return nil }
        guard first.isSymbol("{") else {
            guard first.kind != .symbol else {
                position -= 1
                return nil
            }
            return raw(first)
        }
        var members: [RawValue] = []
        while let word = next(), !word.isSymbol("}") {
            if word.isSymbol(",") { continue }
            guard word.kind != .symbol else {
                position -= 1
                return nil
            }
            members.append(raw(word))
        }
        return .list(members)
    }

    private func raw(_ token: Token) -> RawValue {
        if token.kind == .integer, let number = Int64(token.text) { return .integer(number) }
        return .text(token.text)
    }

    /// The fields of the first phrase that the words here fit; nil, with nothing read, if none does.
    mutating func match(anyOf phrases: [Phrase]) -> [String: RawValue]? {
        for phrase in phrases {
            let start = position
            if let fields = match(phrase) { return fields }
            position = start
        }
        return nil
    }

    private mutating func match(_ phrase: Phrase) -> [String: RawValue]? {
        var fields: [String: RawValue] = [:]
        for part in phrase.parts {
            switch part {
            case .word(let word):
                guard take(word) else { return nil }
            case .field(let name):
                guard let value = value() else { return nil }
                fields[name] = value
            }
        }
        return fields
    }
}
