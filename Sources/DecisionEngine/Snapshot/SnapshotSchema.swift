import Facts
import PolicyProgram

/// How a program has entities of each kind laid out, and their values.
struct SnapshotSchema: Sendable {
    /// How entities of a kind are laid out.
    struct KindLayout: Sendable {
        /// The kind's place in the vocabulary; `Snapshot.none` where it has none.
        let kind: UInt16
        /// The attributes that the program reads, in order of name.
        let columns: [(name: String, column: UInt32, encoding: ValueEncoding)]
    }

    let program: Program
    private let layouts: [String: KindLayout]

    /// - Complexity: as many steps as there are pairs of a kind and an attribute that the program reads.
    init(_ program: Program) {
        self.program = program
        let vocabulary = program.vocabulary
        let keys = program.tables.columns
        var encodings: [ValueType: ValueEncoding] = [:]
        var layouts: [String: KindLayout] = [:]
        for (place, kind) in vocabulary.kinds.enumerated() {
            var columns: [(name: String, column: UInt32, encoding: ValueEncoding)] = []
            for (index, key) in keys.enumerated() where vocabulary.isKind(kind.name, key.kind) {
                guard let type = kind.attributes[key.attribute]?.type else { continue }
                let encoding = encodings[type] ?? ValueEncoding(type, vocabulary)
                encodings[type] = encoding
                columns.append((key.attribute, UInt32(index), encoding))
            }
            columns.sort { $0.name < $1.name }
            layouts[kind.name] = KindLayout(kind: UInt16(place), columns: columns)
        }
        self.layouts = layouts
    }

    func layout(of kind: String) -> KindLayout {
        layouts[kind] ?? KindLayout(kind: Snapshot.none, columns: [])
    }

    /// What is known of an entity, in numbers.
    ///
    /// Gives numbers to what has none yet.
    func content(
        of history: EntityHistory, as layout: KindLayout, name: UInt32,
        _ numbers: inout Numbering
    ) -> ChunkBuilder.Content {
        var content = ChunkBuilder.Content()
        content.kind = layout.kind
        content.name = name
        if let owner = history.owner { content.owner = numbers.handle(of: owner) }
        if let event = history.endedBy.flatMap({ program.vocabulary.events.index(of: $0) }) {
            content.endedBy = UInt16(event)
        }
        let source = numbers.source(history.origin.source)
        content.existence.reserveCapacity(history.existence.count)
        for interval in history.existence {
            content.existence.append(
                Chunk.Statement(
                    span: Chunk.Span(interval, source: source),
                    sequence: history.origin.sequence))
        }
        for (name, column, encoding) in layout.columns {
            guard let values = history.attributes[name] else { continue }
            for timed in values {
                // INVARIANT: a value that the vocabulary has no place for is no value, so that it is unknown.
                guard let cell = numbers.cell(of: timed.value, as: encoding) else { continue }
                content.cells.append(
                    Snapshot.TimedCell(
                        column: column, cell: cell,
                        statement: Chunk.Statement(
                            span: Chunk.Span(
                                timed.interval, source: numbers.source(timed.origin.source)),
                            sequence: timed.origin.sequence)))
            }
        }
        return content
    }
}
