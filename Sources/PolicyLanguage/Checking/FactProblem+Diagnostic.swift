public import Diagnostics
public import Facts

extension Diagnostic {
    /// What there is to say of a problem with facts, at the place that brought it.
    public init(_ problem: FactProblem, at place: Place) {
        func similar(_ name: String?) -> [Note] { name.map { [Note(.similarName, [$0])] } ?? [] }
        switch problem.reason {
        case .unknownEvent(let name, let near):
            self.init(.unknownEvent, [name], at: place, notes: similar(near))
        case .unknownField(let name, let event, let near):
            self.init(.unknownEventField, [name, event], at: place, notes: similar(near))
        case .missingField(let name, let event):
            self.init(.missingEventField, [name, event], at: place)
        case .unknownKind(let name, let near):
            self.init(.unknownKind, [name], at: place, notes: similar(near))
        case .unknownAttribute(let name, let kind, let near):
            self.init(.unknownKindAttribute, [name, kind], at: place, notes: similar(near))
        case .wrongType(let name, let value, let type, let near, let possible):
            self.init(
                .wrongType, [name, value, type.written], at: place,
                notes: near == nil ? Note.possibleNames(possible) : similar(near))
        case .unknownEntity(let id):
            self.init(.unknownEntity, [id.kind, id.name], at: place)
        case .doesNotExist(let id):
            self.init(.doesNotExistYet, [id.kind, id.name], at: place)
        case .lacks(let id, let relation, let event):
            self.init(.presuppositionLacks, [id.kind, id.name, relation, event], at: place)
        case .endsBeforeItBegins(let name):
            self.init(.endsBeforeItBegins, [name], at: place)
        case .idUsedBefore(let id):
            self.init(.idUsedBefore, [id], at: place)
        case .hierarchyCycle(let id):
            self.init(.hierarchyCycle, [id.kind, id.name], at: place)
        case .unknownEventID(let id):
            self.init(.unknownEventID, [id], at: place)
        case .malformedID(let id):
            self.init(.malformedID, [id], at: place)
        case .malformedTime(let time):
            self.init(.malformedTime, [time], at: place)
        }
    }
}

extension Diagnostic.Note {
    /// The most names that are listed.
    private static let mostNames = 16

    /// The names that could stand in a place, where they are few enough to be read.
    static func possibleNames(_ names: [String]) -> [Diagnostic.Note] {
        guard !names.isEmpty, names.count <= mostNames else { return [] }
        return [Diagnostic.Note(.possibleNames, [names.joined(separator: ", ")])]
    }
}

extension ValueType {
    /// How a type is named to people: by the word that declares it.
    package var written: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .text: "text"
        case .instant: "instant"
        case .date: "date"
        case .lastDay: "last-day"
        case .enumeration(let name), .entity(let name): name
        case .set(let member): "set of \(member.written)"
        }
    }
}
