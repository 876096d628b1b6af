import CLDAP

/// Copies what a C value points at.
///
/// A `berval` is a length and a pointer: it may hold NUL and needs no NUL at its end.
func copyBytes(_ value: berval) -> [UInt8] {
    guard let start = unsafe value.bv_val, unsafe value.bv_len > 0 else { return [] }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(value.bv_len)))
}

/// Copies a C value that must be text; nil if it is not UTF-8.
func copyText(_ value: berval) -> String? {
    unsafe String(validating: copyBytes(value), as: UTF8.self)
}

/// Calls the body with a C value that lasts as long as the call.
func withBerval<R>(
    _ bytes: [UInt8], _ body: (UnsafeMutablePointer<berval>) -> R
) -> R {
    // The byte at the end makes the buffer's pointer exist when there are no bytes; C callees ask
    // whether there is a pointer to tell an empty value from none.
    var storage = bytes + [0]
    return unsafe storage.withUnsafeMutableBytes { buffer in
        var value = unsafe berval(
            bv_len: ber_len_t(bytes.count),
            bv_val: buffer.baseAddress?.assumingMemoryBound(to: CChar.self))
        return unsafe body(&value)
    }
}

/// Calls the body with a list of C strings that ends with a null pointer, or with null for none.
func withStringList<R>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> R
) -> R {
    guard !texts.isEmpty else { return body(nil) }
    var storage: [CChar] = []
    var starts: [Int] = []
    for text in texts {
        starts.append(storage.count)
        storage += text.utf8.map { CChar(bitPattern: $0) } + [0]
    }
    return unsafe storage.withUnsafeMutableBufferPointer { buffer in
        var list = unsafe starts.map { start in unsafe buffer.baseAddress.map { unsafe $0 + start }
        }
        unsafe list.append(nil)
        return unsafe list.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
}

/// Copies and frees a list of C strings that ends with a null pointer.
func takeStringList(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> [String] {
    guard let list = unsafe list else { return [] }
    var texts: [String] = []
    var next = unsafe list
    while let text = unsafe next.pointee {
        unsafe texts.append(String(cString: text))
        unsafe ldap_memfree(text)
        unsafe next += 1
    }
    unsafe ldap_memfree(list)
    return texts
}

/// Calls the body with a list of C values that ends with a null pointer.
func withBervals<R>(
    _ values: [[UInt8]],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<berval>?>?) -> R
) -> R {
    // One byte more than all values, so that there is a pointer for an empty one.
    var bytes = values.flatMap(\.self) + [0]
    return unsafe bytes.withUnsafeMutableBytes { buffer in
        var start = 0
        var list: [berval] = unsafe []
        for value in values {
            unsafe list.append(
                berval(
                    bv_len: ber_len_t(value.count),
                    bv_val: buffer.baseAddress.map { unsafe $0 + start }?
                        .assumingMemoryBound(to: CChar.self)))
            start += value.count
        }
        return unsafe list.withUnsafeMutableBufferPointer { list in
            var pointers = unsafe list.indices.map { index in
                unsafe list.baseAddress.map { unsafe $0 + index }
            }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
