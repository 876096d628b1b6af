import Diagnostics
import Facts

/// A name where it was written.
struct Name: Hashable, Sendable {
    /// The name.
    let text: String
    /// Where it stands.
    let place: Place

    init(_ text: String, _ place: Place) {
        self.text = text
        self.place = place
    }
}

/// A name with the label a Japanese reader sees.
struct LabelledName: Hashable, Sendable {
    let name: Name
    let label: String?
}

/// A type as it was written.
struct TypeSyntax: Hashable, Sendable {
    let name: Name
    let isSet: Bool
}

/// A name with its type: an argument of an action, a parameter of a definition.
struct TypedName: Hashable, Sendable {
    let name: Name
    let type: TypeSyntax
}

/// A period as it was written: counted, or by the name of a definition.
enum PeriodSyntax: Hashable, Sendable {
    case literal(Period, Place)
    case name(Name)
}

/// `accepts NTK3104 "filled in by hand"`: a finding that is meant, and why.
struct Acceptance: Hashable, Sendable {
    let code: Name
    let reason: String
}
