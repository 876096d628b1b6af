extension JSONTree {
    /// The tree as text, in the form of all answers: keys sorted, two spaces for each level, a newline at the end.
    package var text: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indentation: Int) {
        switch self {
        case .object(let members):
            let lines = members.sorted { $0.key < $1.key }
            JSONTree.write(lines, in: ("{", "}"), to: &text, indentation: indentation) {
                JSONTree.write($0.key, to: &$1)
                $1 += " : "
                $0.value.write(to: &$1, indentation: indentation + 2)
            }
        case .list(let elements):
            JSONTree.write(elements, in: ("[", "]"), to: &text, indentation: indentation) {
                $0.write(to: &$1, indentation: indentation + 2)
            }
        case .text(let content): JSONTree.write(content, to: &text)
        case .integer(let integer): text += String(integer)
        case .boolean(let boolean): text += String(boolean)
        }
    }

    private static func write<Element>(
        _ elements: [Element], in brackets: (String, String), to text: inout String,
        indentation: Int, _ body: (Element, inout String) -> Void
    ) {
        let line = "\n" + String(repeating: " ", count: indentation)
        text += brackets.0
        for (index, element) in elements.enumerated() {
            text += (index > 0 ? "," : "") + line + "  "
            body(element, &text)
        }
        text += (elements.isEmpty ? "" : line) + brackets.1
    }

    private static func write(_ content: String, to text: inout String) {
        text += "\""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case "\0"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
