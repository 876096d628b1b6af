import DecisionEngine
import Facts
import PolicyLanguage
import TestSupport

/// A policy, a ledger and a request on which engine and page differ.
struct Counterexample {
    var policy: RandomPolicy
    var entries: [LedgerEntry]
    var request: Request
    /// Turns the policy into the one that the naive evaluator walks.
    let definition: @Sendable (RandomPolicy) -> RandomPolicy

    /// How the two sides differ; nil where they agree or the checker refuses the policy.
    var difference: Sides.Difference? {
        guard let policy = self.policy.read().policy,
            let other = definition(self.policy).read().policy
        else { return nil }
        do {
            let sides = try Sides(policy: policy, definition: other, entries: entries)
            return sides.differenceDeciding(request) ?? sides.differenceAround(request)
        } catch {
            return error as? Sides.Difference
        }
    }

    /// A smaller one: whatever can be left out while the two sides still differ is left out.
    func shrunk() -> Counterexample {
        var smallest = self
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for candidate in smallest.smaller where candidate.difference != nil {
                smallest = candidate
                isSmaller = true
                break
            }
        }
        return smallest
    }

    /// The same with one thing less each; halves first.
    private var smaller: [Counterexample] {
        var candidates: [Counterexample] = []
        func add(_ change: (inout Counterexample) -> Void) {
            var candidate = self
            change(&candidate)
            candidates.append(candidate)
        }
        let half = entries.count / 2
        if half > 1 {
            add { $0.entries.removeLast(half) }
            add { $0.entries.removeFirst(half) }
        }
        for index in policy.declarations.indices.reversed() {
            add { $0.policy.declarations.remove(at: index) }
        }
        for index in entries.indices.reversed() { add { $0.entries.remove(at: index) } }
        for name in request.context.keys.sorted() { add { $0.request.context[name] = nil } }
        for (index, entry) in entries.enumerated() {
            guard case .observation(let stated) = entry.content, let attributes = stated.attributes
            else { continue }
            for name in attributes.keys.sorted() {
                add { $0.entries[index] = entry.stating(attributes.filter { $0.key != name }) }
            }
        }
        return candidates
    }

    /// Everything needed to see the difference again.
    var report: String {
        """
        \(difference.map(String.init(describing:)) ?? "no difference")
        policy:
        \(policy.text)
        entries:
        \(entries.map { "  \($0)" }.joined(separator: "\n"))
        request: \(request)
        """
    }
}

extension LedgerEntry {
    fileprivate func stating(_ attributes: [String: Value]) -> LedgerEntry {
        guard case .observation(let stated) = content else { return self }
        return LedgerEntry(
            sequence: sequence, source: source,
            content: .observation(
                Observation(
                    entity: stated.entity, kind: stated.kind, owner: stated.owner,
                    attributes: attributes, effective: stated.effective)))
    }
}
