import Diagnostics
import Foundation

/// Puts diagnostics about some sources in SARIF.
struct SARIFWriter {
    private let positions: [UTF16Positions]
    private let language: Language

    init(sources: [SourceText], language: Language) {
        positions = sources.map(UTF16Positions.init)
        self.language = language
    }

    func result(_ diagnostic: Diagnostic, ruleIndex: Int) -> SARIFResult {
        let placed = diagnostic.notes.filter { $0.place != nil }
        let related = placed.enumerated().compactMap { index, note in
            note.place.flatMap { location($0, id: index + 1, message: text(of: note)) }
        }
        return SARIFResult(
            ruleId: diagnostic.code.rawValue, ruleIndex: ruleIndex,
            level: diagnostic.severity.rawValue, message: message(of: diagnostic),
            locations: [location(diagnostic.place)].compactMap(\.self),
            relatedLocations: related.isEmpty ? nil : related,
            fixes: fix(of: diagnostic).map { [$0] })
    }

    func mended(_ diagnostic: Diagnostic) -> SARIFMended? {
        location(diagnostic.place).map { location in
            SARIFMended(
                ruleId: diagnostic.code.rawValue, message: message(of: diagnostic),
                location: location, fix: fix(of: diagnostic))
        }
    }

    /// What is wrong; below it what else there is to know, and what to do.
    private func message(of diagnostic: Diagnostic) -> SARIFText {
        let message = diagnostic.code.message(in: language)
        let arguments = diagnostic.arguments(in: language)
        let notes = diagnostic.notes.filter { $0.place == nil }.map(text(of:))
        return SARIFText(
            text: ([message.text.filled(with: arguments)] + notes
                + [message.help.filled(with: arguments)]).joined(separator: "\n"))
    }

    private func text(of note: Diagnostic.Note) -> String {
        note.code.text(in: language).filled(with: note.arguments)
    }

    private func location(
        _ place: Place, id: Int? = nil, message: String? = nil
    ) -> SARIFLocation? {
        guard positions.indices.contains(place.source) else { return nil }
        return SARIFLocation(
            id: id, message: message.map(SARIFText.init),
            physicalLocation: SARIFLocation.Physical(
                artifactLocation: artifact(place.source), region: region(place)))
    }

    private func fix(of diagnostic: Diagnostic) -> SARIFResult.Fix? {
        guard let fix = diagnostic.fix else { return nil }
        let sources = Set(fix.edits.map(\.place.source)).sorted()
        return SARIFResult.Fix(
            description: SARIFText(text: FixText(fix).text(in: language)),
            artifactChanges: sources.map { source in
                SARIFResult.ArtifactChange(
                    artifactLocation: artifact(source),
                    replacements: fix.edits.filter { $0.place.source == source }.map { edit in
                        SARIFResult.Replacement(
                            deletedRegion: region(edit.place),
                            insertedContent: SARIFText(text: edit.replacement))
                    })
            },
            properties: SARIFResult.Fix.Properties(applicability: fix.applicability.rawValue))
    }

    private func region(_ place: Place) -> SARIFRegion {
        positions[place.source].region(of: place.span)
    }

    /// A file by its path, as a URI: relative to where `ntk` runs, or absolute.
    private func artifact(_ source: Int) -> SARIFArtifact {
        let path = positions[source].source.name
        // A colon in a first segment would be taken for the end of a scheme.
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: ":"))
        let encoded = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        return SARIFArtifact(uri: path.hasPrefix("/") ? "file://\(encoded)" : encoded)
    }
}

/// Where the lines of a source begin, in UTF-16 code units.
private struct UTF16Positions {
    let source: SourceText
    private let lineStarts: [Int]
    /// The length of a byte order mark, which counts as no character.
    private let markLength: Int

    init(_ source: SourceText) {
        self.source = source
        let mark = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var starts = [0]
        for line in 1..<max(1, source.lineCount) {
            let bytes = source.bytes[source.start(ofLine: line)..<source.start(ofLine: line + 1)]
            let text = String(decoding: line == 1 ? bytes.dropFirst(mark) : bytes, as: UTF8.self)
            starts.append(starts[line - 1] + text.utf16.count)
        }
        lineStarts = starts
        markLength = mark
    }

    func region(of span: SourceText.Span) -> SARIFRegion {
        let (startLine, startColumn) = position(at: span.lower)
        let (endLine, endColumn) = position(at: span.upper)
        let start = lineStarts[startLine - 1] + startColumn
        return SARIFRegion(
            startLine: startLine, startColumn: startColumn + 1, endLine: endLine,
            endColumn: endColumn + 1, charOffset: start,
            charLength: lineStarts[endLine - 1] + endColumn - start, byteOffset: span.lower,
            byteLength: span.upper - span.lower)
    }

    /// The line from 1 and the column from 0.
    private func position(at offset: Int) -> (line: Int, column: Int) {
        let line = source.line(at: offset)
        let start = source.start(ofLine: line) + (line == 1 ? markLength : 0)
        let end = min(max(offset, start), source.bytes.count)
        return (line, String(decoding: source.bytes[start..<end], as: UTF8.self).utf16.count)
    }
}
