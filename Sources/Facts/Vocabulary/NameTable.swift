import OrderedCollections

/// Something with a name that is unique among its like.
public protocol Named {
    /// The name.
    var name: String { get }
}

/// Declarations in the order in which they were made, found by name.
///
/// Keeps the collection it is made of out of the public face.
public struct NameTable<Element: Named & Hashable & Sendable>: Hashable, Sendable {
    private var elements: OrderedDictionary<String, Element> = [:]

    /// Creates a table; of several elements with one name the last counts.
    public init(_ elements: some Sequence<Element>) {
        for element in elements { insert(element) }
    }

    /// Adds an element, in the place of one with the same name if there is one.
    public mutating func insert(_ element: Element) { elements[element.name] = element }

    /// The element with this name.
    public subscript(name: String) -> Element? { elements[name] }

    /// The names, in order of declaration.
    public var names: [String] { Array(elements.keys) }

    /// The place of a name in the order of declaration.
    public func index(of name: String) -> Int? { elements.index(forKey: name) }
}

extension NameTable: RandomAccessCollection {
    /// 0.
    public var startIndex: Int { 0 }
    /// How many elements there are.
    public var endIndex: Int { elements.count }

    /// The element at a place in the order of declaration.
    public subscript(position: Int) -> Element { elements.values[position] }
}

extension NameTable: ExpressibleByArrayLiteral {
    /// Creates a table of these elements.
    public init(arrayLiteral elements: Element...) { self.init(elements) }
}
