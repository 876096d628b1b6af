/// Comma-separated values by RFC 4180, with a line feed at each line's end.
enum CSV {
    static func text(_ rows: [[String]]) -> String {
        rows.map { row in row.map(field).joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ value: String) -> String {
        let needsQuotes = value.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte < 0x20
        }
        guard needsQuotes else { return value }
        let doubled = value.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(doubled)\""
    }
}
