/// Why a filter's text can't be read, and where.
package struct LDAPFilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of mistake.
    package enum Problem: Hashable, Sendable {
        /// The text is longer than we read.
        case tooLong
        /// Parentheses are nested deeper than we read.
        case tooDeep
        /// A `(` must stand here.
        case expectedOpening
        /// A `)` must stand here, or the text ends too early.
        case expectedClosing
        /// Something follows the filter.
        case trailingText
        /// This is not the name of an attribute.
        case badAttribute(String)
        /// One of `=`, `>=`, `<=`, `~=` or `:=` must stand here.
        case expectedRelation
        /// A backslash must be followed by two hexadecimal digits.
        case badEscape
        /// This character can't stand here unless it is escaped.
        case unescaped(Character)
        /// Two stars stand together.
        case emptyPart
    }

    /// What is wrong.
    package let problem: Problem
    /// The place, in bytes of UTF-8 from the beginning.
    package let offset: Int

    /// One line in English.
    package var description: String {
        let what =
            switch problem {
            case .tooLong: "it is longer than \(LDAPFilter.maximumLength) bytes"
            case .tooDeep: "it is nested deeper than \(LDAPFilter.maximumDepth) levels"
            case .expectedOpening: "`(` expected"
            case .expectedClosing: "`)` expected"
            case .trailingText: "nothing may follow the last `)`"
            case .badAttribute(let name): "`\(name)` is not the name of an attribute"
            case .expectedRelation: "one of = >= <= ~= := expected"
            case .badEscape: "a backslash must be followed by two hexadecimal digits"
            case .unescaped(let character): "`\(character)` must be escaped here"
            case .emptyPart: "two stars stand together"
            }
        return "the filter can't be read at byte \(offset): \(what)"
    }
}

extension LDAPFilter {
    /// The longest text that is read, in bytes.
    package static let maximumLength = 65_536
    /// The deepest nesting that is read.
    package static let maximumDepth = 64

    /// Reads a filter that an administrator wrote, such as `(objectClass=inetOrgPerson)`.
    ///
    /// White space between parenthesised parts is allowed, so that a long one can have lines.
    ///
    /// - Throws: What is wrong, and where.
    package init(parsing text: String) throws(LDAPFilterError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumLength else {
            throw LDAPFilterError(problem: .tooLong, offset: Self.maximumLength)
        }
        var parser = FilterParser(bytes: bytes)
        self = try parser.filter(depth: 1)
        parser.skipSpace()
        guard parser.current == nil else { throw parser.error(.trailingText) }
    }
}

private struct FilterParser {
    let bytes: [UInt8]
    var position = 0

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func error(_ problem: LDAPFilterError.Problem) -> LDAPFilterError {
        LDAPFilterError(problem: problem, offset: position)
    }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    mutating func filter(depth: Int) throws(LDAPFilterError) -> LDAPFilter {
        skipSpace()
        guard depth <= LDAPFilter.maximumDepth else { throw error(.tooDeep) }
        guard take(UInt8(ascii: "(")) else { throw error(.expectedOpening) }
        skipSpace()
        let result: LDAPFilter
        if take(UInt8(ascii: "&")) {
            result = .and(try list(depth: depth))
        } else if take(UInt8(ascii: "|")) {
            result = .or(try list(depth: depth))
        } else if take(UInt8(ascii: "!")) {
            result = .not(try filter(depth: depth + 1))
            skipSpace()
        } else {
            result = try item()
        }
        guard take(UInt8(ascii: ")")) else { throw error(.expectedClosing) }
        return result
    }

    mutating func list(depth: Int) throws(LDAPFilterError) -> [LDAPFilter] {
        var parts: [LDAPFilter] = []
        skipSpace()
        while current == UInt8(ascii: "(") {
            parts.append(try filter(depth: depth + 1))
            skipSpace()
        }
        return parts
    }

    mutating func item() throws(LDAPFilterError) -> LDAPFilter {
        let start = position
        while let byte = current, !Array("=<>~:()".utf8).contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if current == UInt8(ascii: ":") { return try extensible(text, from: start) }
        let sign = current
        if sign != UInt8(ascii: "=") {
            guard let sign, Array("<>~".utf8).contains(sign) else {
                throw error(.expectedRelation)
            }
            position += 1
        }
        guard take(UInt8(ascii: "=")) else { throw error(.expectedRelation) }
        let name = try attribute(text, from: start)
        switch sign {
        case UInt8(ascii: ">"): return .greaterOrEqual(name, try wholeValue())
        case UInt8(ascii: "<"): return .lessOrEqual(name, try wholeValue())
        case UInt8(ascii: "~"): return .approximate(name, try wholeValue())
        default: return try equality(name)
        }
    }

    func attribute(
        _ text: String, from start: Int
    ) throws(LDAPFilterError) -> AttributeDescription {
        do {
            return try AttributeDescription(text)
        } catch {
            throw LDAPFilterError(problem: .badAttribute(text), offset: start)
        }
    }

    mutating func extensible(_ text: String, from start: Int) throws(LDAPFilterError) -> LDAPFilter
    {
        var parts: [(text: String, start: Int)] = []
        while take(UInt8(ascii: ":")) {
            if current == UInt8(ascii: "=") { break }
            let partStart = position
            while let byte = current, !Array("=<>~:()".utf8).contains(byte) { position += 1 }
            parts.append((String(decoding: bytes[partStart..<position], as: UTF8.self), partStart))
        }
        guard take(UInt8(ascii: "=")), bytes[position - 2] == UInt8(ascii: ":") else {
            throw error(.expectedRelation)
        }
        let name = text.isEmpty ? nil : try attribute(text, from: start)
        let dn = parts.first?.text.lowercased() == "dn"
        if dn { parts.removeFirst() }
        var rule: AttributeDescription?
        if let part = parts.first { rule = try attribute(part.text, from: part.start) }
        guard parts.count <= 1, name != nil || rule != nil else { throw error(.expectedRelation) }
        return .extensible(name, dn: dn, rule: rule, try wholeValue())
    }

    mutating func equality(_ name: AttributeDescription) throws(LDAPFilterError) -> LDAPFilter {
        var parts = [try part()]
        while take(UInt8(ascii: "*")) { parts.append(try part()) }
        if parts.count == 1 { return .equal(name, AssertionValue(bytes: parts[0])) }
        if parts == [[], []] { return .present(name) }
        guard parts.dropFirst().dropLast().allSatisfy({ !$0.isEmpty }) else {
            throw error(.emptyPart)
        }
        let values = parts.map { $0.isEmpty ? nil : AssertionValue(bytes: $0) }
        return .substrings(
            name, initial: values[0], any: values.dropFirst().dropLast().compactMap { $0 },
            final: values[values.count - 1])
    }

    mutating func wholeValue() throws(LDAPFilterError) -> AssertionValue {
        let value = AssertionValue(bytes: try part())
        if current == UInt8(ascii: "*") { throw error(.unescaped("*")) }
        return value
    }

    /// Reads up to a star, a closing parenthesis or the end, with escapes resolved.
    mutating func part() throws(LDAPFilterError) -> [UInt8] {
        var value: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: ")"): return value
            case UInt8(ascii: "("): throw error(.unescaped("("))
            case 0: throw error(.unescaped("\0"))
            case UInt8(ascii: "\\"):
                guard position + 2 < bytes.count, let high = Hex.value(bytes[position + 1]),
                    let low = Hex.value(bytes[position + 2])
                else {
                    throw error(.badEscape)
                }
                value.append(high << 4 | low)
                position += 3
            default:
                value.append(byte)
                position += 1
            }
        }
        return value
    }
}
