/// Rows as CSV (RFC 4180).
enum CSVText {
    /// For people, who open it in a spreadsheet: a cell that begins like a formula gets an apostrophe, so that none is run.
    static func text(_ rows: [[String]]) -> String {
        // By scalars: a mark that follows a sign belongs to its character.
        let formula: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]
        return exact(
            rows.map { row in
                row.map { cell in
                    cell.unicodeScalars.first.map(formula.contains) == true ? "'" + cell : cell
                }
            })
    }

    /// For programs: cells as they are.
    static func exact(_ rows: [[String]]) -> String {
        rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        // By scalars: a line's end is one character, and a mark that follows a quotation mark belongs to it.
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        guard cell.unicodeScalars.contains(where: special.contains) else { return cell }
        var quoted = String.UnicodeScalarView()
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        return "\"" + String(quoted) + "\""
    }
}
