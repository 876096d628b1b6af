import CLDAP

/// The name of an entry: its steps from the entry itself up to the root.
///
/// Two names are equal when a directory that ignores case and spacing would take them for one.
/// Names are parsed by libldap, so it and we can't read one name in two ways.
package struct DistinguishedName: Sendable, CustomStringConvertible {
    /// One `attribute=value` of a step.
    package struct Pair: Hashable, Sendable {
        /// The attribute as written.
        package let attribute: String
        /// The value with escapes resolved.
        package let value: [UInt8]
        /// Whether the value was written as `#` and digits: an encoded form, not text.
        let isEncoded: Bool

        /// The value as text, if it is text.
        package var text: String? {
            isEncoded ? nil : String(validating: value, as: UTF8.self)
        }
    }

    /// A step: one pair, seldom more.
    typealias Step = [Pair]

    /// The longest text that is read, in bytes.
    package static let maximumLength = 65_536

    let steps: [Step]
    /// Each step in the one form that all its spellings share.
    private let normalizedSteps: [String]
    /// The name in the one form that all its spellings share; only for comparison.
    package let normalized: String

    /// Reads a name by the rules of RFC 4514.
    ///
    /// The empty text names the root.
    ///
    /// - Throws: An error if the text is not a name.
    package init(_ text: String) throws(DistinguishedNameError) {
        let steps = try Self.parse(text)
        self.init(steps, steps.map(Self.normalize))
    }

    private init(_ steps: [Step], _ normalizedSteps: [String]) {
        self.steps = steps
        self.normalizedSteps = normalizedSteps
        normalized = normalizedSteps.joined(separator: ",")
    }

    /// The name as written, except that spaces around signs are gone and escapes are uniform.
    package var description: String {
        steps.map { $0.map(\.written).joined(separator: "+") }.joined(separator: ",")
    }

    /// The name one step nearer the root; nil for the root.
    package var parent: DistinguishedName? {
        steps.isEmpty
            ? nil : DistinguishedName(Array(steps.dropFirst()), Array(normalizedSteps.dropFirst()))
    }

    /// The name that this one has once an entry above it goes by another; nil where that entry isn't above it.
    package func renamed(
        below old: DistinguishedName, to new: DistinguishedName
    ) -> DistinguishedName? {
        let surplus = steps.count - old.steps.count
        guard surplus > 0, isAtOrBelow(old) else { return nil }
        return DistinguishedName(
            steps.prefix(surplus) + new.steps, normalizedSteps.prefix(surplus) + new.normalizedSteps
        )
    }

    /// How many steps the name has.
    package var depth: Int { steps.count }

    /// The pairs of the entry's own step.
    package var rdn: [Pair] { steps.first ?? [] }

    /// The value that an attribute has in the entry's own step.
    package func rdnValue(of attribute: String) -> String? {
        let wanted = Self.normalize(attribute: attribute)
        return rdn.first { Self.normalize(attribute: $0.attribute) == wanted }?.text
    }

    /// Whether this name is the other, or lies under it.
    package func isAtOrBelow(_ other: DistinguishedName) -> Bool {
        let surplus = steps.count - other.steps.count
        return surplus >= 0
            && normalizedSteps[surplus...].elementsEqual(other.normalizedSteps)
    }

    private static func parse(_ text: String) throws(DistinguishedNameError) -> [Step] {
        // libldap takes C strings: a NUL would hide what follows it.
        guard text.utf8.count <= maximumLength, !text.utf8.contains(0) else {
            throw DistinguishedNameError(text: text)
        }
        var parsed: LDAPDN?
        guard unsafe ldap_str2dn(text, &parsed, UInt32(LDAP_DN_FORMAT_LDAPV3)) == LDAP_SUCCESS
        else {
            throw DistinguishedNameError(text: text)
        }
        defer { unsafe ldap_dnfree(parsed) }
        var steps: [Step] = []
        guard var step = unsafe parsed else { return steps }
        while let first = unsafe step.pointee {
            var pairs: Step = []
            var next = unsafe first
            while let pair = unsafe next.pointee {
                let attribute = unsafe copyText(pair.pointee.la_attr)
                guard let attribute else { throw DistinguishedNameError(text: text) }
                unsafe pairs.append(
                    Pair(
                        attribute: attribute, value: copyBytes(pair.pointee.la_value),
                        isEncoded: pair.pointee.la_flags & UInt32(LDAP_AVA_BINARY) != 0))
                unsafe next += 1
            }
            steps.append(pairs)
            unsafe step += 1
        }
        return steps
    }
}

extension DistinguishedName: Hashable {
    /// Compares the normalised forms.
    package static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
        left.normalized == right.normalized
    }

    /// Hashes the normalised form.
    package func hash(into hasher: inout Hasher) { hasher.combine(normalized) }
}

/// Text that is not a distinguished name.
package struct DistinguishedNameError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text as given.
    package let text: String

    /// One line in English.
    package var description: String { "`\(text)` is not a distinguished name" }
}
