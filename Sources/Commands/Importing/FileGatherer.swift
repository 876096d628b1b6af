import Diagnostics
import DirectorySync
import Facts
import Feeds
import Foundation
import LDAPClient
import Ledger
import PolicyLanguage

/// Reads the files of an import: LDIF, CSV and JSON Lines, told apart by their endings.
struct FileGatherer {
    /// The source of what CSV files state, whatever they are called: exports change their names.
    static let listSource = "list"

    let vocabulary: Vocabulary
    let zone: ZoneTable
    /// From when on what LDIF and CSV files state holds.
    let effective: Instant
    /// How entries of LDIF files become facts.
    let mapping: CheckedMapping?
    /// Who reports the events.
    let eventSource: String
    /// Whether bad records are to be set aside.
    let keepsGoing: Bool
    /// What each source has stated so far.
    let stated: (String) throws -> [EntityID: Observation]

    func gather(_ paths: [String]) async throws -> Gathered {
        var gathered = Gathered()
        for path in paths {
            let source = try FileReading.source(at: path)
            if URL(filePath: path).pathExtension.lowercased() == "ldif" {
                try await gatherDirectory(source, into: &gathered)
            } else {
                try gather(source, into: &gathered)
            }
        }
        return gathered
    }

    /// Reads events or entities.
    func gather(_ source: SourceText) throws -> Gathered {
        var gathered = Gathered()
        try gather(source, into: &gathered)
        return gathered
    }

    private func gather(_ source: SourceText, into gathered: inout Gathered) throws {
        gathered.sources.append(source)
        let index = gathered.sources.count - 1
        let mistakes = gathered.diagnostics.count
        let name: String
        switch URL(filePath: source.name).pathExtension.lowercased() {
        case "jsonl", "ndjson":
            gatherEvents(source, index, into: &gathered)
            name = eventSource
        case "csv" where EventFeed.isTable(source):
            gatherEvents(source, index, isTable: true, into: &gathered)
            name = eventSource
        case "csv":
            try gatherEntities(source, index, into: &gathered)
            name = Self.listSource
        default:
            throw CommandFailure(
                .usage, "\(source.name): the ending says what a file is: .ldif, .csv or .jsonl",
                "\(source.name): ファイルの種類は拡張子 .ldif、.csv、.jsonl で判断します")
        }
        // A file that was understood in part has not been read to its end.
        if gathered.diagnostics.count == mistakes { gathered.readings[name] = effective }
    }

    private func gatherDirectory(
        _ source: SourceText, into gathered: inout Gathered
    ) async throws {
        gathered.sources.append(source)
        let mistakes = gathered.diagnostics.count
        try await gatherEntries(source, gathered.sources.count - 1, into: &gathered)
        if gathered.diagnostics.count == mistakes, let mapping {
            gathered.readings[mapping.source] = effective
        }
    }

    /// Reads events that came otherwise than in a file.
    func gather(events source: SourceText) -> Gathered {
        var gathered = Gathered()
        gathered.sources.append(source)
        gatherEvents(source, 0, into: &gathered)
        return gathered
    }

    private func gatherEvents(
        _ source: SourceText, _ index: Int, isTable: Bool = false, into gathered: inout Gathered
    ) {
        let result =
            isTable
            ? EventFeed.readTable(source, vocabulary: vocabulary, zone: zone)
            : EventFeed.read(source, vocabulary: vocabulary, zone: zone)
        note(result.diagnostics, result.badLines, index, in: &gathered)
        for item in result.records {
            gathered.items.append(
                Gathered.Item(
                    content: .event(item.record), source: eventSource,
                    place: gathered.place(ofLine: item.line, in: index)))
        }
    }

    /// A CSV file adds and changes; what it doesn't list stays as it was.
    private func gatherEntities(
        _ source: SourceText, _ index: Int, into gathered: inout Gathered
    ) throws {
        let result = EntityFeed.read(
            source, vocabulary: vocabulary, zone: zone, effective: effective)
        note(result.diagnostics, result.badLines, index, in: &gathered)
        let name = Self.listSource
        let stated = try stated(name)
        for item in result.records {
            if let before = stated[item.record.entity], before.kind == item.record.kind,
                before.attributes == item.record.attributes
            {
                continue
            }
            gathered.items.append(
                Gathered.Item(
                    content: .observation(item.record), source: name,
                    place: gathered.place(ofLine: item.line, in: index)))
        }
    }

    private func gatherEntries(
        _ source: SourceText, _ index: Int, into gathered: inout Gathered
    ) async throws {
        guard let mapping else {
            throw CommandFailure(
                .usage, "an LDIF file needs --mapping, which says what its entries mean",
                "LDIF ファイルには、エントリの意味を示す --mapping が必要です")
        }
        let before = try stated(mapping.source)
        let reading: DirectoryReading
        let changes: [Observation]
        do throws(DirectoryError) {
            let entries = try await DirectorySource.ldif(source.bytes).entries(for: mapping)
            reading = DirectoryReader.reading(
                of: entries, mapping: mapping, zone: zone, effective: effective)
        } catch {
            throw DirectoryFailure.failure(error, of: source.name)
        }
        do throws(DirectoryError) {
            changes = try reading.changes(since: before)
        } catch  where !reading.problems.isEmpty && !keepsGoing {
            changes = []  // The file is refused in any case, and its problems may be the cause.
        } catch {
            throw DirectoryFailure.failure(error, of: source.name)
        }
        for problem in reading.problems {
            let line = problem.line ?? 1
            gathered.diagnostics.append(
                Diagnostic(problem, at: gathered.place(ofLine: line, in: index)))
            gathered.badLines[index, default: []].insert(line)
        }
        for observation in changes {
            gathered.items.append(
                Gathered.Item(
                    content: .observation(observation), source: mapping.source,
                    place: gathered.place(ofLine: 1, in: index)))
        }
    }

    private func note(
        _ diagnostics: [Diagnostic], _ badLines: [Int], _ index: Int,
        in gathered: inout Gathered
    ) {
        gathered.badLines[index, default: []].formUnion(badLines)
        gathered.diagnostics += diagnostics.map { diagnostic in
            Diagnostic(
                diagnostic.code, diagnostic.arguments,
                at: Place(source: index, span: diagnostic.place.span),
                severity: diagnostic.severity, notes: diagnostic.notes)
        }
    }
}

extension Session {
    /// What reads files for this session's ledger.
    func gatherer(
        at path: String, effective: Instant, mapping: CheckedMapping? = nil,
        eventSource: String = "hr", keepsGoing: Bool = false
    ) -> FileGatherer {
        FileGatherer(
            vocabulary: vocabulary, zone: zone, effective: effective, mapping: mapping,
            eventSource: eventSource, keepsGoing: keepsGoing,
            stated: { name in try LedgerAccess.run(path) { try ledger.statements(of: name) } })
    }
}
