/// What the core needs of Unicode's data and the standard library does not give: what a character decomposes
/// to, which characters look alike, and the script of each.
///
/// `scripts/unicode-tables` writes the files. They are Unicode's data, under the Unicode licence
/// (`docs/decisions/0006-look-alike-names.md`).
enum UnicodeTables {
    /// What each character decomposes to, canonically, in one step; Hangul syllables apart.
    static let decompositions: [Unicode.Scalar: [Unicode.Scalar]] = {
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for line in lines(of: PackageResources.decompositions_txt) {
            let scalars = line.compactMap(scalar)
            guard let composed = scalars.first else { continue }
            table[composed] = Array(scalars.dropFirst())
        }
        return table
    }()

    /// The form that stands for all characters which look like it, for each of those that do.
    ///
    /// Forms are decomposed, and no character of a form has another form itself.
    static let forms: [Unicode.Scalar: [Unicode.Scalar]] = {
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for line in lines(of: PackageResources.confusables_txt) {
            guard let sign = line.firstIndex(where: { $0.elementsEqual("<".utf8) }) else {
                continue
            }
            let form = line[..<sign].compactMap(scalar)
            for alike in line[sign...].compactMap(scalar) { table[alike] = form }
        }
        return table
    }()

    /// The script of each character that has one of its own, as ranges in order.
    static let scripts: [(range: ClosedRange<UInt32>, script: Script)] = {
        var ranges: [(range: ClosedRange<UInt32>, script: Script)] = []
        for (number, line) in lines(of: PackageResources.scripts_txt).enumerated() {
            guard let name = line.first else { continue }
            let script = Script(name: String(decoding: name, as: UTF8.self), number: number)
            for word in line.dropFirst() {
                let ends = word.split(separator: UInt8(ascii: "-")).compactMap(number(of:))
                guard let first = ends.first, let last = ends.last else { continue }
                ranges.append((first...max(first, last), script))
            }
        }
        return ranges.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }()

    // MARK: Reading the files

    /// The words of each line.
    private static func lines(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
        bytes.split(separator: UInt8(ascii: "\n")).map { $0.split(separator: UInt8(ascii: " ")) }
    }

    private static func scalar(_ word: ArraySlice<UInt8>) -> Unicode.Scalar? {
        number(of: word).flatMap(Unicode.Scalar.init)
    }

    private static func number(of word: ArraySlice<UInt8>) -> UInt32? {
        UInt32(String(decoding: word, as: UTF8.self), radix: 16)
    }
}
