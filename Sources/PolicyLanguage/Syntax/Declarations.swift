import Diagnostics
import Facts

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

struct HeaderSyntax: Hashable, Sendable {
    let name: Name
    let version: String
    let zone: Name
}

struct AttributeSyntax: Hashable, Sendable {
    let name: Name
    let type: TypeSyntax
    let defaultValue: Expression?
}

struct DerivedSyntax: Hashable, Sendable {
    let name: Name
    let expression: Expression
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
    var attributes: [AttributeSyntax] = []
    var derived: [DerivedSyntax] = []
    var moments: [MomentSyntax] = []
    var hierarchy: Name?
    var phrases: [PhraseSyntax] = []
}

struct EnumerationSyntax: Hashable, Sendable {
    let name: Name
    let cases: [LabelledName]
    let isScale: Bool
}

struct ActionSyntax: Hashable, Sendable {
    let names: [Name]
    let kind: Name
}

struct ContextSyntax: Hashable, Sendable {
    let name: Name
    let attributes: [AttributeSyntax]
}

struct CheckSyntax: Hashable, Sendable {
    let name: LabelledName
    let covers: [Name]
    let consentRequired: Bool
    let lasts: Period
}

struct DefinitionSyntax: Hashable, Sendable {
    let name: Name
    let expression: Expression
}

struct EventSyntax: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        let name: Name
        let type: TypeSyntax
        let isOptional: Bool
    }

    struct Assignment: Hashable, Sendable {
        let attribute: Name
        let value: Expression
        /// The record that holds now, for `current person.engagements`.
        let isCurrent: Bool
    }

    enum End: Hashable, Sendable {
        case field(Name)
        case lasts(of: Name)
    }

    enum Operation: Hashable, Sendable {
        case create(field: Name, [Assignment])
        case set(field: Name, Assignment)
        case begin(kind: Name, field: Name, [Assignment], End?)
        case end(field: Name?, relation: Name, [Assignment])
    }

    struct Effect: Hashable, Sendable {
        let operation: Operation
        let atField: Name?
        let onlyIfField: Name?
    }

    let name: LabelledName
    let command: Name?
    var fields: [Field] = []
    var effects: [Effect] = []
    var phrases: [PhraseSyntax] = []
}

/// A class of resources: a kind and what its attributes must be.
struct ClassPattern: Hashable, Sendable {
    let kind: Name
    /// Conditions on `resource`, in the order written.
    let conditions: [Expression]
    let place: Place
}

struct RuleSyntax: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable { case permit, require, forbid, oblige }

    let kind: Kind
    let name: Name?
    let obligations: [Name]
    /// The actions; none for `any`.
    let actions: [Name]
    let pattern: ClassPattern
    let when: Expression?
    let onlyIf: Expression?
    let because: [String: String]
    let cites: [String]
    let place: Place
}

struct LeaseSyntax: Hashable, Sendable {
    let period: Period
    let pattern: ClassPattern
    let place: Place
}

/// A statement of a scenario, as words: the vocabulary's phrases say what they mean.
struct ScenarioStatement: Hashable, Sendable {
    let tokens: [Token]
    let place: Place
}

struct ScenarioSyntax: Hashable, Sendable {
    let title: Name
    let statements: [ScenarioStatement]
}

enum Declaration: Hashable, Sendable {
    case kind(KindSyntax)
    case enumeration(EnumerationSyntax)
    case action(ActionSyntax)
    case context(ContextSyntax)
    case check(CheckSyntax)
    case definition(DefinitionSyntax)
    case event(EventSyntax)
    case rule(RuleSyntax)
    case lease(LeaseSyntax)
    case scenario(ScenarioSyntax)
}

/// One parsed source.
struct FileSyntax: Sendable {
    var header: HeaderSyntax?
    var isVocabulary = false
    var uses: [Name] = []
    var declarations: [Declaration] = []
    /// Names of declarations that could not be read, so that their users aren't blamed for it.
    var brokenNames: Set<String> = []
    /// Every name in it and every id in quotation marks, each where it first stands.
    var names: [Name] = []
}
