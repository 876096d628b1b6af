import Crypto
package import DecisionEngine
package import PolicyProgram

extension ProgramDigest {
    /// The digest that names `program`: SHA-256 of its encoded form.
    ///
    /// - Complexity: linear in the size of the program.
    package init(of program: Program) {
        self.init(ofEncoded: program.encoded())
    }

    init(ofEncoded bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".unicodeScalars)
        var text = String.UnicodeScalarView()
        for byte in SHA256.hash(data: bytes) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        self.init(hexadecimal: String(text))
    }
}
