import Diagnostics
import Facts

/// What files and directories brought, each piece with the place it came from.
struct Gathered {
    /// Something to record.
    struct Item {
        let content: LedgerEntry.Content
        let source: String
        let place: Place
    }

    /// The files, which places refer to by index.
    var sources: [SourceText] = []
    /// What may be recorded, in the order given.
    var items: [Item] = []
    /// What is wrong with the rest.
    var diagnostics: [Diagnostic] = []
    /// The sources that were read to their end, and as of when.
    var readings: [String: Instant] = [:]
    /// The lines to set aside of each file, from 1, where a record begins.
    var badLines: [Int: Set<Int>] = [:]

    /// The place of a line of a file.
    func place(ofLine line: Int, in source: Int) -> Place {
        let text = sources[source]
        let start = text.start(ofLine: line)
        return Place(
            source: source, span: SourceText.Span(start, start + text.bytes(ofLine: line).count))
    }

    /// Moves an item from what may be recorded to what is wrong.
    mutating func refuse(
        _ indices: [Int: FactProblem], as diagnostic: (FactProblem, Place) -> Diagnostic
    ) {
        for (index, problem) in indices.sorted(by: { $0.key < $1.key }) {
            let place = items[index].place
            diagnostics.append(diagnostic(problem, place))
            if sources.indices.contains(place.source) {
                badLines[place.source, default: []].insert(
                    sources[place.source].line(at: place.span.lower))
            }
        }
        let refused = Set(indices.keys)
        items = items.enumerated().filter { !refused.contains($0.offset) }.map(\.element)
    }
}
