/// A table in which equal elements share one place.
struct Interned<Element: Hashable> {
    /// The elements, in the order in which they first came.
    private(set) var elements: [Element] = []
    private var places: [Element: UInt32] = [:]

    /// The place of an element, which is added if it isn't there.
    mutating func place(of element: Element) -> UInt32 {
        if let known = places[element] { return known }
        let place = UInt32(elements.count)
        elements.append(element)
        places[element] = place
        return place
    }
}
