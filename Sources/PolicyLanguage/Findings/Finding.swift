import Diagnostics

/// Something in a policy that is probably not meant, before it is known whether somebody accepts it.
struct Finding: Sendable {
    let diagnostic: Diagnostic
    /// The declaration at which it may be accepted; nil where it can't be.
    let site: Place?

    init(_ diagnostic: Diagnostic, site: Place?) {
        self.diagnostic = diagnostic
        self.site = site
    }
}

/// What a policy's authors wrote, beside what it was checked to mean.
struct Written: Sendable {
    /// A bare word that stands for the id of an entity.
    struct BareID: Sendable {
        let name: Name
        let kind: String
    }

    var rules: [(checked: CheckedRule, syntax: RuleSyntax)] = []
    var limits: [(checked: CheckedLimit, syntax: LimitSyntax)] = []
    var duties: [(checked: CheckedDuty, syntax: UponSyntax)] = []
    var entitlements: [(checked: CheckedEntitlement, syntax: EntitlementSyntax)] = []
    var bareIDs: [BareID] = []
}

extension RuleSyntax {
    /// Where to point at the rule as a whole.
    var head: Place { name?.place ?? pattern.place }
}

extension DiagnosticCode {
    /// Whether `accepts` may name it: the warnings and notes about what a policy means.
    var mayBeAccepted: Bool {
        switch self {
        case .requirementNeverMet, .attributeNothingSets, .noNeedToKnow, .shadowedRule,
            .repeatedRule, .searchStopped, .checkCoversNothing, .checkNeverAsked,
            .tierNobodyReads, .categoryNeverMentioned, .actionNeverGiven, .questionNeverArises,
            .nearlyADefinition:
            true
        default: false
        }
    }
}
