import LDAPClient

/// How many entries of each rule have each attribute that the mapping names.
struct AttributeCounts {
    /// From how many entries on an attribute that none of them has is taken for a mistake.
    private static let many = 10

    private struct Count {
        var entries = 0
        var having: [String: Int] = [:]
    }

    private var counts: [Int: Count] = [:]

    /// Counts a candidate's entry, or with -1 counts it no longer.
    mutating func add(_ candidate: Candidate, _ step: Int = 1) {
        var count = counts[candidate.ruleIndex] ?? Count()
        counts[candidate.ruleIndex] = nil  // So that what is changed isn't copied.
        count.entries += step
        for name in candidate.rule.countedNames
        where !candidate.entry.entry.values(name).isEmpty {
            count.having[name, default: 0] += step
        }
        counts[candidate.ruleIndex] = count
    }

    /// The attributes that not one of many entries has: misspelt, or hidden from us.
    func absent(by mapping: CheckedMapping) -> [String] {
        var absent: Set<String> = []
        for (index, rule) in mapping.rules.enumerated() {
            guard let count = counts[index], count.entries >= Self.many else { continue }
            func isAbsent(_ name: String) -> Bool { count.having[name, default: 0] == 0 }
            // A record that hangs on an attribute nobody has now is one that nobody has now.
            let records = rule.records.filter { $0.when.map { !isAbsent($0) } ?? true }
            let rules = (rule.attributes + records.flatMap(\.attributes)).map(\.source)
            for source in rules + [rule.grant?.owners].compactMap(\.self)
            where !source.ldapNames.isEmpty && source.ldapNames.allSatisfy(isAbsent) {
                absent.formUnion(source.ldapNames)
            }
        }
        return absent.sorted()
    }
}
