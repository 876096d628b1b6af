/// Reading of LDIF (RFC 2849), as directories export it.
///
/// libldap has routines for this too. They open files that the text names, print to the standard
/// error, and take broken base64 for something else; so the text is read here.
package enum LDIF {
    /// How much of a record is read.
    package struct Limits: Hashable, Sendable {
        /// The largest record, in bytes of its lines.
        package var recordBytes = 16 << 20
        /// The most lines a record has.
        package var recordLines = 1_000_000

        /// The usual limits.
        package init() {}
    }

    /// Reads all records, and says of each bad one what is wrong with it.
    ///
    /// A bad record never takes another with it: reading goes on after the next empty line. Text
    /// may be UTF-8 without base64, as people write it by hand.
    ///
    /// - Parameters:
    ///   - bytes: The whole text. A byte order mark at its beginning is skipped.
    ///   - limits: How much of a record is read.
    /// - Returns: The records and the problems, each in the text's order.
    /// - Complexity: Linear in the size of the text.
    package static func parse(
        _ bytes: [UInt8], limits: Limits = Limits()
    ) -> (records: [LDIFRecord], bad: [LDIFProblem]) {
        var records: [LDIFRecord] = []
        var bad: [LDIFProblem] = []
        var reader = LDIFReader(bytes: bytes, limits: limits)
        var isFirst = true
        while let block = reader.next() {
            do throws(LDIFProblem) {
                var lines = try block.get()
                if isFirst, try takeVersion(&lines) && lines.isEmpty { continue }
                records.append(try record(lines))
            } catch {
                bad.append(error)
                // Another version means that the rest, too, may not mean what it seems to.
                if case .unknownVersion = error.reason { break }
            }
            isFirst = false
        }
        return (records, bad)
    }

    /// Removes `version: 1` from the beginning, and says whether it was there.
    private static func takeVersion(_ lines: inout [LDIFLine]) throws(LDIFProblem) -> Bool {
        guard let first = lines.first, let spec = try? LDIFValueSpec(first),
            spec.name.lowercased() == "version"
        else {
            return false
        }
        let version = String(decoding: spec.value, as: UTF8.self)
        guard version == "1" else {
            throw LDIFProblem(line: first.number, reason: .unknownVersion(version))
        }
        lines.removeFirst()
        return true
    }

    private static func record(_ lines: [LDIFLine]) throws(LDIFProblem) -> LDIFRecord {
        let head = lines[0]
        let first = try LDIFValueSpec(head)
        guard first.name.lowercased() == "dn" else {
            throw LDIFProblem(line: head.number, reason: .noDN)
        }
        let dn = try name(first, at: head.number)
        var attributes: [LDAPAttribute] = []
        var places: [AttributeDescription: Int] = [:]
        for line in lines.dropFirst() {
            let spec = try LDIFValueSpec(line)
            let description = try attribute(spec.name, at: line.number)
            if let place = places[description] {
                attributes[place].values.append(spec.value)
            } else {
                places[description] = attributes.count
                attributes.append(LDAPAttribute(description: spec.name, values: [spec.value]))
            }
        }
        guard !attributes.isEmpty else {
            throw LDIFProblem(line: head.number, reason: .noAttributes)
        }
        return LDIFRecord(
            line: head.number, entry: LDAPEntry(dn: dn, attributes: attributes))
    }

    private static func name(_ spec: LDIFValueSpec, at line: Int) throws(LDIFProblem) -> String {
        guard let text = String(validating: spec.value, as: UTF8.self) else {
            throw LDIFProblem(line: line, reason: .notText)
        }
        do {
            _ = try DistinguishedName(text)
        } catch {
            throw LDIFProblem(line: line, reason: .badDN(text))
        }
        return text
    }

    private static func attribute(
        _ name: String, at line: Int
    ) throws(LDIFProblem) -> AttributeDescription {
        switch name.lowercased() {
        case "dn": throw LDIFProblem(line: line, reason: .secondDN)
        case "changetype", "control": throw LDIFProblem(line: line, reason: .changeRecord)
        case "version": throw LDIFProblem(line: line, reason: .misplacedVersion)
        default: break
        }
        do {
            return try AttributeDescription(name)
        } catch {
            throw LDIFProblem(line: line, reason: .badAttribute(name))
        }
    }
}

/// One record of LDIF content.
package struct LDIFRecord: Hashable, Sendable {
    /// The line of its `dn:`, counted from 1.
    package let line: Int
    /// The entry it holds.
    package let entry: LDAPEntry
}
