/// Values that have numbers, laid out flat: what a snapshot has of them when it is first made.
protocol NumberedTable: Sendable {
    associatedtype Element: Sendable
    associatedtype Key: Hashable & Sendable

    /// What is equal exactly where the table finds one by the other.
    static func key(_ element: Element) -> Key

    /// Numbers values in their order.
    init(_ elements: [Element], in arena: Arena)

    var count: Int { get }

    subscript(place: Int) -> Element { get }

    /// The number of a value; nil where it has none.
    func place(of element: Element) -> Int?
}

/// Values, each once and by number: those there were first in a table, those that have come since beside it.
struct Interned<Table: NumberedTable>: Sendable {
    typealias Element = Table.Element

    private(set) var table: Table?
    private(set) var recent: [Element] = []
    private var recentPlaces: [Table.Key: Int] = [:]

    init() {}

    /// The values of a table.
    init(_ table: Table) { self.table = table }

    var count: Int { (table?.count ?? 0) + recent.count }

    func place(ofKnown element: Element) -> Int? {
        recentPlaces[Table.key(element)] ?? table?.place(of: element)
    }

    mutating func place(of element: Element) -> Int {
        if let known = place(ofKnown: element) { return known }
        let place = count
        recentPlaces[Table.key(element)] = place
        recent.append(element)
        return place
    }

    subscript(place: Int) -> Element {
        guard let table, place < table.count else { return recent[place - (table?.count ?? 0)] }
        return table[place]
    }

    /// Makes copying and adding cheap: what there is so far is shared by all copies.
    mutating func freeze(in arena: Arena) {
        // INVARIANT: only what has never been frozen is, so nothing is lost here.
        precondition(table == nil, "frozen before")
        table = Table(recent, in: arena)
        recent = []
        recentPlaces = [:]
    }
}
