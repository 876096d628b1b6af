/// A search filter as a tree.
///
/// No part of it can break out of its place when it is sent.
package indirect enum LDAPFilter: Hashable, Sendable {
    /// All of these hold; none at all holds always.
    case and([LDAPFilter])
    /// One of these holds; none at all never holds.
    case or([LDAPFilter])
    /// This doesn't hold.
    case not(LDAPFilter)
    /// A value equals this one, by the attribute's own rule.
    case equal(AttributeDescription, AssertionValue)
    /// The attribute has a value.
    case present(AttributeDescription)
    /// A value is this one or comes after it.
    case greaterOrEqual(AttributeDescription, AssertionValue)
    /// A value is this one or comes before it.
    case lessOrEqual(AttributeDescription, AssertionValue)
    /// A value resembles this one, as the server sees it.
    case approximate(AttributeDescription, AssertionValue)
    /// A value begins, goes on and ends so. At least one part is given and none is empty.
    case substrings(
        AttributeDescription, initial: AssertionValue?, any: [AssertionValue],
        final: AssertionValue?)
    /// A value matches by a named rule; see RFC 4511, 4.5.1.7.7.
    case extensible(
        AttributeDescription?, dn: Bool, rule: AttributeDescription?, AssertionValue)

    /// Every entry has this.
    package static let any = LDAPFilter.present("objectClass")
}

/// A value to compare with: bytes, most often text.
package struct AssertionValue: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The bytes as the server gets them.
    package let bytes: [UInt8]

    /// Takes any bytes.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Takes text.
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// Takes text written in source.
    package init(stringLiteral value: String) { self.init(value) }
}
