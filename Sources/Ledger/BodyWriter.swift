package import Facts
package import Foundation

/// Writes the canonical JSON of what facts are folded from: the same content gives the same bytes.
///
/// No white space, the keys of an object in the order of their UTF-8, text in NFC, nothing escaped that needn't be.
/// Written by hand, because a ledger has millions of them.
package struct BodyWriter {
    private var bytes: [UInt8] = []

    /// The body of an entry.
    package static func body(of content: LedgerEntry.Content) -> Data {
        var writer = BodyWriter()
        writer.bytes.reserveCapacity(256)
        switch content {
        case .event(let event):
            writer.add(#"{"fields":"#)
            writer.write(event.fields)
            writer.add(#","name":"#)
            writer.write(event.name)
        case .observation(let observation): writer.write(observation)
        case .correction(let id):
            writer.add(#"{"voids":"#)
            writer.write(id)
        // The columns beside it say all there is.
        case .reading: writer.add("{")
        }
        writer.add("}")
        return Data(writer.bytes)
    }

    private mutating func write(_ observation: Observation) {
        add("{")
        if let attributes = observation.attributes {
            add(#""attributes":"#)
            write(attributes)
            add(",")
        }
        add(#""entity":"#)
        write(observation.entity)
        add(#","kind":"#)
        write(observation.kind)
        if let owner = observation.owner {
            add(#","owner":"#)
            write(owner)
        }
    }

    private mutating func write(_ values: [String: Value]) {
        add("{")
        let members = values.map { (name: $0.key.inNFC, value: $0.value) }
        for (place, member) in members.sorted(by: { $0.name < $1.name }).enumerated() {
            if place > 0 { add(",") }
            write(member.name)
            add(":")
            write(member.value)
        }
        add("}")
    }

    private mutating func write(_ id: EntityID) {
        add("[")
        write(id.kind)
        add(",")
        write(id.name)
        add("]")
    }

    /// A value by its case and what it holds, such as `{"integer":7}`.
    private mutating func write(_ value: Value) {
        switch value {
        case .boolean(let boolean): add(boolean ? #"{"boolean":true"# : #"{"boolean":false"#)
        case .integer(let number):
            add(#"{"integer":"#)
            add(String(number))
        case .text(let text):
            add(#"{"text":"#)
            write(text)
        case .symbol(let name):
            add(#"{"symbol":"#)
            write(name)
        case .instant(let instant):
            add(#"{"instant":"#)
            add(String(instant.secondsSinceEpoch))
        case .entity(let id):
            add(#"{"entity":"#)
            write(id)
        case .set(let members):
            add(#"{"set":["#)
            for (place, member) in members.enumerated() {
                if place > 0 { add(",") }
                write(member)
            }
            add("]")
        }
        add("}")
    }

    private mutating func write(_ text: String) {
        add(#"""#)
        for byte in text.inNFC.utf8 {
            switch byte {
            case UInt8(ascii: #"""#): add(#"\""#)
            case UInt8(ascii: #"\"#): add(#"\\"#)
            case 0x08: add(#"\b"#)
            case 0x09: add(#"\t"#)
            case 0x0A: add(#"\n"#)
            case 0x0C: add(#"\f"#)
            case 0x0D: add(#"\r"#)
            case ..<0x20: add(byte < 0x10 ? #"\u000"# : #"\u001"#, String(byte & 0xF, radix: 16))
            default: bytes.append(byte)
            }
        }
        add(#"""#)
    }

    private mutating func add(_ texts: String...) { for text in texts { bytes += text.utf8 } }
    private mutating func add(_ text: String) { bytes += text.utf8 }
}
