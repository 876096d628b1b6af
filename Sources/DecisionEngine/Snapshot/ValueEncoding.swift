import Facts

/// How values of a type become cells, worked out once for each type.
indirect enum ValueEncoding: Sendable {
    case boolean
    case integer
    /// Instants and days alike.
    case instant
    case text
    /// References, to entities of this root kind.
    case entity(root: String)
    case symbol(Ranks)
    case set(of: ValueEncoding)

    init(_ type: ValueType, _ vocabulary: Vocabulary) {
        switch type {
        case .boolean: self = .boolean
        case .integer: self = .integer
        case .text: self = .text
        case .instant, .date, .lastDay: self = .instant
        case .entity(let kind): self = .entity(root: vocabulary.rootKind(of: kind))
        case .enumeration(let name):
            self = .symbol(Ranks(vocabulary.enumerations[name]?.cases.map(\.name) ?? []))
        case .set(let member): self = .set(of: ValueEncoding(member, vocabulary))
        }
    }

    /// The places of an enumeration's cases.
    struct Ranks: Sendable {
        /// Up to so many cases, to compare one after the other is quicker than to hash.
        private static let few = 8

        private let names: [String]
        private let places: [String: Int]

        init(_ names: [String]) {
            self.names = names
            places =
                names.count <= Ranks.few
                ? [:] : Dictionary(zip(names, names.indices)) { first, _ in first }
        }

        func rank(of name: String) -> Snapshot.Cell? {
            (places.isEmpty ? names.firstIndex(of: name) : places[name]).map(Snapshot.Cell.init)
        }
    }
}
