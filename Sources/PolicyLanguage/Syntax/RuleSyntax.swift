import Diagnostics
import Facts

/// A class of resources: a kind and what its attributes must be.
struct ClassPattern: Hashable, Sendable {
    let kind: Name
    /// Conditions on `resource`, in the order written.
    let conditions: [Expression]
    let place: Place
}

/// Why a rule is there, and which findings about it are meant.
struct WhySyntax: Hashable, Sendable {
    var because: [String: String] = [:]
    var cites: [String] = []
    var accepts: [Acceptance] = []
}

struct RuleSyntax: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable { case permit, require, forbid, oblige }

    /// An action, and the arguments of it that the rule's conditions speak of.
    struct Action: Hashable, Sendable {
        let name: Name
        let arguments: [Name]
    }

    struct Obligation: Hashable, Sendable {
        struct Parameter: Hashable, Sendable {
            let name: Name
            let value: Expression
        }

        let name: Name
        let parameters: [Parameter]
    }

    let kind: Kind
    let name: Name?
    let obligations: [Obligation]
    /// The actions; none for `any`.
    let actions: [Action]
    let pattern: ClassPattern
    let when: Expression?
    let onlyIf: Expression?
    let why: WhySyntax
    let place: Place
}

struct LeaseSyntax: Hashable, Sendable {
    let period: Period
    let pattern: ClassPattern
    let place: Place
}

/// Whether one resource of a class is enough, or it takes all of them.
enum Extent: String, Hashable, Sendable { case some, every }

/// `limit whole: at most 5 people may view every step of one process`.
struct LimitSyntax: Hashable, Sendable {
    let name: Name
    let most: Int
    let action: Name
    let extent: Extent
    let pattern: ClassPattern
    /// The attribute that says which resources belong together.
    let group: Name?
    let why: WhySyntax
    let place: Place
}

/// `upon transferred: exchange person.devices`.
struct UponSyntax: Hashable, Sendable {
    struct Duty: Hashable, Sendable {
        let verb: Name
        /// What the duty is about: a field of the event, or what is reached from one.
        let path: Expression
        /// The field that says until when; the event's own time where there is none.
        let by: Name?
    }

    let event: Name
    let duties: [Duty]
    let when: Expression?
    let why: WhySyntax
    let place: Place
}

/// `entitlement "cn=…" holds who may view every document(…) assuming device.kind = managed, reveals core-check, approved by 2 who
/// may share`.
struct EntitlementSyntax: Hashable, Sendable {
    struct Assumption: Hashable, Sendable {
        let context: Expression
        let value: Expression
    }

    let group: Name
    let action: Name
    let extent: Extent
    let pattern: ClassPattern
    let assumptions: [Assumption]
    let reveals: [Name]
    let approval: Approval?
    let why: WhySyntax
    let place: Place

    /// `approved by 2 who may share`.
    struct Approval: Hashable, Sendable {
        let count: Int
        let action: Name
        let place: Place
    }
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
