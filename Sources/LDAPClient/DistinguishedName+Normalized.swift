extension DistinguishedName {
    /// The form of a step that all its spellings share.
    static func normalize(_ step: Step) -> String {
        step.map { pair in
            normalize(attribute: pair.attribute) + "=" + pair.normalizedValue
        }.sorted().joined(separator: "+")
    }

    /// The short name in lower case, also for the long names and numbers of RFC 4514's table.
    static func normalize(attribute: String) -> String {
        let name = attribute.lowercased()
        return synonyms[name] ?? name
    }

    private static let synonyms = [
        "commonname": "cn", "2.5.4.3": "cn",
        "surname": "sn", "2.5.4.4": "sn",
        "countryname": "c", "2.5.4.6": "c",
        "localityname": "l", "2.5.4.7": "l",
        "stateorprovincename": "st", "2.5.4.8": "st",
        "streetaddress": "street", "2.5.4.9": "street",
        "organizationname": "o", "2.5.4.10": "o",
        "organizationalunitname": "ou", "2.5.4.11": "ou",
        "userid": "uid", "0.9.2342.19200300.100.1.1": "uid",
        "domaincomponent": "dc", "0.9.2342.19200300.100.1.25": "dc",
    ]
}

extension DistinguishedName.Pair {
    /// Attribute and value, the value escaped.
    var written: String { attribute + "=" + (isEncoded ? encodedValue : Self.escape(value)) }

    /// The value folded as a directory folds it to compare.
    var normalizedValue: String {
        if isEncoded { return encodedValue }
        guard let text = String(validating: value, as: UTF8.self) else { return encodedValue }
        return Self.escape(TextMatching.folded(text).utf8)
    }

    private var encodedValue: String {
        var out = [UInt8(ascii: "#")]
        for byte in value {
            Hex.write(byte, to: &out)
        }
        return String(decoding: out.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
    }

    private static func escape(_ value: some Collection<UInt8>) -> String {
        let isText = String(validating: value, as: UTF8.self) != nil
        let last = value.count - 1
        var out: [UInt8] = []
        for (index, byte) in value.enumerated() {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
                UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "="):
                out += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: " ") where index == 0 || index == last,
                UInt8(ascii: "#") where index == 0:
                out += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F: Hex.write(byte, to: &out)
            case 0x80... where !isText: Hex.write(byte, to: &out)
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
