import Diagnostics
import Facts

/// Whether a declaration is new, adds to one of another file, or replaces it.
enum DeclarationMode: Hashable, Sendable { case new, extending, overriding }

struct AttributeSyntax: Hashable, Sendable {
    let name: Name
    let type: TypeSyntax
    let defaultValue: Expression?
    /// Who is believed about it, the most trusted first.
    var sources: [Name] = []
    var limitedTo: Name?
    /// Whether `every` is true of none of its members.
    var mayBeEmpty = false
    /// Where it says that requests may bring it.
    var mayBeBrought: Place?
    var overrides = false
    var accepts: [Acceptance] = []
}

struct DerivedSyntax: Hashable, Sendable {
    let name: Name
    let expression: Expression
    var overrides = false
}

struct MomentSyntax: Hashable, Sendable {
    let name: Name
    let attribute: Name
    let relation: Name
    let event: Name
    let condition: Name
}

struct PhraseSyntax: Hashable, Sendable {
    let phrase: Phrase
    let place: Place
}

struct KindSyntax: Hashable, Sendable {
    let name: LabelledName
    let parent: Name?
    let owner: Name?
    let relation: Name?
    let limitedTo: Name?
    /// Whose statements a relation is made of: while one of them is stale, no record does not mean none.
    var sources: [Name] = []
    /// Whether `every` is true where there are no such records.
    var mayBeEmpty = false
    var mode = DeclarationMode.new
    var attributes: [AttributeSyntax] = []
    var derived: [DerivedSyntax] = []
    var moments: [MomentSyntax] = []
    var hierarchy: Name?
    var phrases: [PhraseSyntax] = []

    /// Whether it was written as a record, with an owner.
    var isRecord: Bool { owner != nil }
}

struct EnumerationSyntax: Hashable, Sendable {
    let name: Name
    let cases: [LabelledName]
    let isScale: Bool
    var mode = DeclarationMode.new
    var accepts: [Acceptance] = []
}

struct ActionSyntax: Hashable, Sendable {
    /// An action and what a request for it says besides.
    struct Action: Hashable, Sendable {
        let name: Name
        let arguments: [TypedName]
    }

    let actions: [Action]
    let kind: Name
    var accepts: [Acceptance] = []
}

struct ContextSyntax: Hashable, Sendable {
    let name: Name
    let attributes: [AttributeSyntax]
    var mode = DeclarationMode.new
}

struct CheckSyntax: Hashable, Sendable {
    let name: LabelledName
    let covers: [Name]
    let consentRequired: Bool
    let lasts: Period
    var accepts: [Acceptance] = []
}

struct SourceSyntax: Hashable, Sendable {
    let name: LabelledName
    let fresh: Period?
    var mode = DeclarationMode.new
}

struct PurposeSyntax: Hashable, Sendable {
    let name: LabelledName
    /// The categories it is about; nil where it is about all.
    let covers: [Name]?
}

struct TableSyntax: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let key: Expression
        let value: Expression
    }

    let name: LabelledName
    let key: TypeSyntax
    let value: TypeSyntax
    let rows: [Row]
    let otherwise: Expression?
}

struct ListSyntax: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        let value: Expression
        let since: Expression?
        let until: Expression?
    }

    let name: LabelledName
    let type: TypeSyntax
    let members: [Member]
}

struct CalendarSyntax: Hashable, Sendable {
    let name: LabelledName
    let weekdays: [Name]
    let except: [Name]
}

struct DefinitionSyntax: Hashable, Sendable {
    let name: Name
    var parameters: [TypedName] = []
    let expression: Expression
    var mode = DeclarationMode.new
}
