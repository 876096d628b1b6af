/// Rows as CSV (RFC 4180).
enum CSVText {
    static func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A cell that begins like a formula gets an apostrophe, so that a spreadsheet doesn't run it.
    private static func quoted(_ cell: String) -> String {
        // By scalars: a line's end is one character, and a mark that follows a quotation mark belongs to it.
        let formula: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        var safe = String.UnicodeScalarView()
        if let first = cell.unicodeScalars.first, formula.contains(first) { safe.append("'") }
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { safe.append(scalar) }
            safe.append(scalar)
        }
        guard safe.contains(where: special.contains) else { return String(safe) }
        return "\"" + String(safe) + "\""
    }
}
