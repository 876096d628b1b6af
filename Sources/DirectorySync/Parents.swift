import Facts
import LDAPClient

/// A name within a rule.
struct Place: Hashable {
    let ruleIndex: Int
    let dn: DistinguishedName

    init(_ candidate: Candidate) {
        ruleIndex = candidate.ruleIndex
        dn = candidate.dn
    }

    init(ruleIndex: Int, dn: DistinguishedName) {
        self.ruleIndex = ruleIndex
        self.dn = dn
    }
}

/// Which entity lies right above an entry.
struct Parents {
    /// What lies above.
    enum Parent {
        /// No entity of the rule.
        case none
        /// An entity.
        case entity(EntityID)
        /// An entity that can't be named.
        case unknown
    }

    private var byPlace: [Place: Parent] = [:]

    init(_ candidates: [Candidate]) {
        for candidate in candidates {
            let isSure = candidate.problem == nil
            byPlace[Place(candidate)] =
                candidate.entity.flatMap { isSure ? .entity($0) : nil }
                ?? .unknown
        }
    }

    func parent(of candidate: Candidate) -> Parent {
        guard let above = candidate.dn.parent else { return .none }
        return byPlace[Place(ruleIndex: candidate.ruleIndex, dn: above)] ?? .none
    }
}
