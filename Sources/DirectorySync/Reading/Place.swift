import LDAPClient

/// A name within a rule.
struct Place: Hashable {
    let ruleIndex: Int
    let dn: DistinguishedName

    init(_ candidate: Candidate) {
        ruleIndex = candidate.ruleIndex
        dn = candidate.dn
    }
}
