package import Facts
import PolicyProgram

/// What conditions come to over time for a person, before and after, by number: access is the same to those that are
/// alike where these numbers are.
package struct AccessProfiles {
    private let comparison: FactComparison
    private let partition: ResourcePartition
    private let separation: Separation
    private let from: Instant
    private var numbers: [[Int64]: Int] = [:]
    private var person: Snapshot.Handle?
    private var ofPerson = 0
    private var known: [Key: Int] = [:]

    private struct Key: Hashable {
        let dimension: Int
        let shape: Int
        let part: [Int64]
    }

    /// Nil where rules can't be taken apart so.
    ///
    /// - Parameters:
    ///   - comparison: the facts before and after.
    ///   - partition: the resources.
    ///   - from: from when on access is compared.
    package init?(_ comparison: FactComparison, _ partition: ResourcePartition, from: Instant) {
        guard let separation = partition.separation else { return nil }
        self.comparison = comparison
        self.partition = partition
        self.separation = separation
        self.from = from
    }

    /// What a group is to a person, in numbers: whoever has the same has the same access to all of the group.
    ///
    /// - Complexity: an evaluation of the conditions on the person once for each person, and of those on one thing of the
    ///   resource once for each person and value.
    package mutating func profile(
        of person: EntityNumber, _ group: ResourcePartition.Group
    ) -> [Int] {
        if self.person != person {
            self.person = person
            known = [:]
            ofPerson = number(of: separation.ofSubject, person, person, isOfPerson: true)
        }
        var profile = [group.place, ofPerson]
        for (place, dimension) in partition.dimensions.enumerated() {
            let key = Key(
                dimension: place, shape: partition.shapes[group.place][place],
                part: group.parts[place])
            let number =
                known[key]
                ?? number(of: separation.byDimension[dimension] ?? [], person, group.first)
            known[key] = number
            profile.append(number)
        }
        return profile
    }

    private mutating func number(
        of nodes: [NodeIndex], _ person: Snapshot.Handle, _ resource: Snapshot.Handle,
        isOfPerson: Bool = false
    ) -> Int {
        var words: [Int64] = []
        for engine in [comparison.before, comparison.after] {
            guard Int(person) < engine.snapshot.count, Int(resource) < engine.snapshot.count else {
                words.append(-2)
                continue
            }
            if isOfPerson {
                words.append(Int64(engine.snapshot.columns.value.kind(of: person)))
                for interval in engine.snapshot.columns.value.existence(of: person) {
                    words += [interval.from.secondsSinceEpoch, interval.until.secondsSinceEpoch]
                }
            }
            for node in nodes { write(node, engine, person, resource, to: &words) }
        }
        let number = numbers[words] ?? numbers.count
        numbers[words] = number
        return number
    }

    /// Writes down what a condition comes to from `from` on, and until when each time.
    private func write(
        _ node: NodeIndex, _ engine: DecisionEngine, _ person: Snapshot.Handle,
        _ resource: Snapshot.Handle, to words: inout [Int64]
    ) {
        var time = from
        var last: Truth?
        while time < .distantFuture {
            var evaluator = ConditionEvaluator(
                engine.tables, engine.snapshot,
                question: ResolvedRequest(
                    subject: person, action: 0, resource: resource, circumstances: .none,
                    time: time),
                time: time, trace: NoTrace())
            let truth = evaluator.truth(of: node)
            if truth != last { words += [time.secondsSinceEpoch, Int64(truth.rawValue)] }
            last = truth
            time = evaluator.horizon
        }
        words.append(-1)
    }
}
