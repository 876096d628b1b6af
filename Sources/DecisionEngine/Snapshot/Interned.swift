/// Values, each once and by number.
struct Interned<Element: Hashable & Sendable>: Sendable {
    private final class Frozen: Sendable {
        let elements: [Element]
        init(_ elements: [Element]) { self.elements = elements }
    }

    private var frozen: Frozen?
    private(set) var recent: [Element] = []
    private var places = Layered<Element, Int>()

    var frozenCount: Int { frozen?.elements.count ?? 0 }
    var count: Int { frozenCount + recent.count }

    func place(ofKnown element: Element) -> Int? { places[element] }

    mutating func place(of element: Element) -> Int {
        if let known = places[element] { return known }
        let place = count
        places.add(place, for: element)
        recent.append(element)
        return place
    }

    subscript(place: Int) -> Element {
        guard let frozen, place < frozen.elements.count else { return recent[place - frozenCount] }
        return frozen.elements[place]
    }

    /// Makes copying and adding cheap: what there is so far is shared by all copies.
    mutating func freeze() {
        frozen = Frozen(recent)
        recent = []
        places.freeze()
    }
}
