package import Facts
import PolicyProgram

/// In which of an action's worlds a request is permitted, on what grounds, and how long at least so.
package struct Access: Hashable, Sendable {
    /// For each world, whether it is permitted.
    package let permitted: [Bool]
    /// The permits that give it, in order of name.
    package let reasons: [String]
    /// Where it is denied: what stands in the way, in order of name.
    ///
    /// Empty for want of a permit.
    package let inTheWay: [String]
    /// An instant before which none of this changes, with the facts as known.
    package let unchangedUntil: Instant

    /// No access, now and always: that of somebody or to something that is not known.
    package static let never = Access(
        permitted: [], reasons: [], inTheWay: [], unchangedUntil: .distantFuture)

    /// Whether it is permitted in no world.
    package var isEmpty: Bool { !permitted.contains(true) }

    /// Whether it is permitted wherever the other is.
    package func covers(_ other: Access) -> Bool {
        zip(permitted, other.permitted).allSatisfy { $0 || !$1 }
    }
}

extension DecisionEngine {
    /// The access of a person to a resource at an instant, context left open; nil where one of them is
    /// not known or the action is none for the resource.
    ///
    /// The worlds are this engine's: `circumstances(of:)`.
    package func access(
        of subject: EntityID, _ action: String, _ resource: EntityID, at time: Instant,
        in worlds: [Circumstances]
    ) -> Access? {
        guard
            var question = resolve(
                Request(
                    subject: subject.name, action: action, resource: resource.name, at: time))
        else { return nil }
        var permitted: [Bool] = []
        var reasons: Set<Int> = []
        var inTheWay: Set<Int> = []
        var horizon = Instant.distantFuture
        for circumstances in worlds {
            question = ResolvedRequest(
                subject: question.subject, action: question.action, resource: question.resource,
                circumstances: circumstances, time: time)
            let outcomes = outcomes(of: question, at: time, horizon: &horizon)
            let verdict = verdict(outcomes.truths, action: question.action)
            let isPermitted = outcomes.exists && verdict.basis == .permitted
            permitted.append(isPermitted)
            if isPermitted {
                reasons.formUnion(verdict.rules)
            } else if outcomes.exists {
                inTheWay.formUnion(verdict.rules)
            }
            // Nothing was asked of the context, so no world differs from this one.
            if permitted.count == 1, !outcomes.dependsOnContext {
                permitted = [Bool](repeating: isPermitted, count: worlds.count)
                break
            }
        }
        return Access(
            permitted: permitted, reasons: reasons.sorted().map { program.rules[$0].name },
            inTheWay: inTheWay.sorted().map { program.rules[$0].name }, unchangedUntil: horizon)
    }
}
