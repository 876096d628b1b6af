/// Why a record can't be read, and on which line.
package struct LDIFProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of mistake.
    package enum Reason: Hashable, Sendable {
        /// The record doesn't begin with `dn:`.
        case noDN
        /// A `dn:` inside a record: an empty line is missing before it.
        case secondDN
        /// The record holds nothing but its name.
        case noAttributes
        /// The name is not a distinguished name.
        case badDN(String)
        /// The line has no colon.
        case noColon
        /// This is not the name of an attribute.
        case badAttribute(String)
        /// The value after `::` is not base64.
        case badBase64
        /// A value is to be fetched from a URL; none is ever opened.
        case urlValue
        /// Another file is to be included; none is ever opened.
        case include
        /// The record describes a change, not an entry.
        case changeRecord
        /// A value begins with a character that must be base64.
        case unsafeStart(Character)
        /// The text is not UTF-8; another encoding must be base64 or converted.
        case notText
        /// A byte 0 stands in the text.
        case nul
        /// A carriage return stands inside a line.
        case carriageReturn
        /// A continuation line follows no line.
        case strayContinuation
        /// `version:` stands elsewhere than at the beginning.
        case misplacedVersion
        /// The text is of a version that isn't known; nothing after it is read.
        case unknownVersion(String)
        /// The record has more bytes than this.
        case tooLarge(limit: Int)
        /// The record has more lines than this.
        case tooManyLines(limit: Int)
    }

    /// The line, counted from 1.
    package let line: Int
    /// What is wrong there.
    package let reason: Reason

    /// One line in English.
    package var description: String { "line \(line): \(what)" }

    private var what: String {
        switch reason {
        case .noDN: "a record must begin with `dn:`"
        case .secondDN: "a second `dn:` in one record; an empty line is missing before it"
        case .noAttributes: "the record has no attributes"
        case .badDN(let text): "`\(text)` is not a distinguished name"
        case .noColon: "there is no colon after the attribute's name"
        case .badAttribute(let name): "`\(name)` is not the name of an attribute"
        case .badBase64: "the value is not base64"
        case .urlValue: "values from URLs are refused"
        case .include: "`include:` is refused"
        case .changeRecord: "the record describes a change; only entries can be read"
        case .unsafeStart(let start): "a value that begins with `\(start)` must be base64"
        case .notText: "the text is not UTF-8; write it in base64 or convert the file"
        case .nul: "a NUL character stands in the text"
        case .carriageReturn: "a carriage return stands inside the line"
        case .strayContinuation: "a line that begins with a space must continue another"
        case .misplacedVersion: "`version:` must stand at the beginning"
        case .unknownVersion(let version): "LDIF version `\(version)` is not known; 1 is"
        case .tooLarge(let limit): "the record is larger than \(limit) bytes"
        case .tooManyLines(let limit): "the record has more than \(limit) lines"
        }
    }
}
