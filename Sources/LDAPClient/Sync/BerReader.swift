import CLDAP

/// A value in BER isn't what it should be.
package struct MalformedBER: Error, Hashable, Sendable {}

/// Reads a value in BER, by liblber's own functions.
///
/// It keeps to the bytes it was given: what is longer than they are is malformed.
@safe
struct BerReader: ~Copyable {
    /// The tags that RFC 4533 needs.
    enum Tag {
        static let boolean: ber_tag_t = 0x01
        static let octetString: ber_tag_t = 0x04
        static let enumerated: ber_tag_t = 0x0A
        static let sequence: ber_tag_t = 0x30
        static let set: ber_tag_t = 0x31
    }

    // INVARIANT: `element` comes from ber_init and only `deinit` gives it back.
    private let element: OpaquePointer

    init(_ bytes: [UInt8]) throws(MalformedBER) {
        // ber_init copies.
        guard let element = unsafe withBerval(bytes, { unsafe ber_init($0) }) else {
            throw MalformedBER()
        }
        unsafe self.element = element
    }

    deinit { unsafe ber_free(element, 1) }

    /// The tag of what comes next; nil at the end.
    var next: ber_tag_t? {
        var length: ber_len_t = 0
        let tag = unsafe ber_peek_tag(element, &length)
        return tag == ber_tag_t.max ? nil : tag
    }

    /// Goes into a sequence, a set, or a choice of them, which must be the rest of the value.
    func enter(_ tag: ber_tag_t) throws(MalformedBER) {
        // liblber follows a null pointer where it is to skip what isn't there.
        guard next == tag else { throw MalformedBER() }
        var length: ber_len_t = 0
        guard unsafe ber_skip_tag(element, &length) == tag else { throw MalformedBER() }
        var rest: ber_len_t = 0
        unsafe ber_get_option(
            UnsafeMutableRawPointer(element), LBER_OPT_BER_REMAINING_BYTES, &rest)
        guard rest == length else { throw MalformedBER() }
    }

    func enumerated() throws(MalformedBER) -> Int {
        guard next == Tag.enumerated else { throw MalformedBER() }
        var value: ber_int_t = 0
        guard unsafe ber_get_enum(element, &value) != ber_tag_t.max else { throw MalformedBER() }
        return Int(value)
    }

    /// A boolean, where one comes next.
    func boolean() throws(MalformedBER) -> Bool? {
        guard next == Tag.boolean else { return nil }
        var value: ber_int_t = 0
        guard unsafe ber_get_boolean(element, &value) != ber_tag_t.max else { throw MalformedBER() }
        return value != 0
    }

    /// An octet string, where one comes next; by another tag where it is one of a choice.
    func octets(tag: ber_tag_t = Tag.octetString) throws(MalformedBER) -> [UInt8]? {
        guard next == tag else { return nil }
        var value = unsafe berval()
        guard unsafe ber_get_stringbv(element, &value, LBER_BV_NOTERM) != ber_tag_t.max else {
            throw MalformedBER()
        }
        return unsafe copyBytes(value)
    }

    func uuid() throws(MalformedBER) -> EntryUUID {
        guard let bytes = try octets(), let uuid = EntryUUID(bytes: bytes) else {
            throw MalformedBER()
        }
        return uuid
    }

    /// Nothing may be left over.
    func end() throws(MalformedBER) {
        guard next == nil else { throw MalformedBER() }
    }
}
