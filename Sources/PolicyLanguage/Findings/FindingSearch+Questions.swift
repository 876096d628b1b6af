import Diagnostics
import Facts

/// Entitlements nobody can hold, limits that can't be reached, duties that can't arise.
extension FindingSearch {
    /// With how many permits one of them is put together at most.
    private static let mostPermits = 2_000

    /// Whether some permit can be a reason for what an extent is about.
    private enum Reach { case reached, unreached, stopped }

    mutating func findWhatNobodyMayDo() {
        var search = Search(terms: terms, steps: FindingSearch.mostSteps)
        for (entitlement, syntax) in written.entitlements {
            let assumed = entitlement.assuming.sorted { $0.key < $1.key }.map { name, value in
                Want(isEqual(.context(name), value), .isTrue)
            }
            let reach = reach(of: entitlement.extent, assuming: assumed, &search)
            say(
                .entitlementForNobody, [entitlement.group, entitlement.extent.action], reach,
                .error, at: syntax.group.place, site: syntax.place)
        }
        for (limit, syntax) in written.limits {
            let reach = reach(of: limit.extent, assuming: [], &search)
            say(
                .questionNeverArises, [limit.name], reach, .warning, at: syntax.name.place,
                site: syntax.place)
        }
        var said: Set<Place> = []
        for (duty, syntax) in written.duties where said.insert(syntax.place).inserted {
            let isIdle = search.isImpossible([Want(terms.canonical(duty.when), .notFalse)])
            say(
                .questionNeverArises, [duty.event],
                isIdle ? .unreached : search.didStop ? .stopped : .reached, .warning,
                at: syntax.event.place, site: syntax.place)
        }
    }

    private func isEqual(_ operand: Operand, _ value: Value) -> Condition {
        .compare(.equal, operand, .constant(value, terms.type(of: operand) ?? .text))
    }

    /// Whether some permit can be a reason, and nothing always stands in its way.
    private func reach(
        of extent: CheckedExtent, assuming assumed: [Want], _ search: inout Search
    ) -> Reach {
        let free = restrictions(on: extent.action)
        let byPermits = reach(of: extent, assuming: assumed, with: [], &search)
        guard byPermits == .reached, !free.isEmpty else { return byPermits }
        // A search that is too long with all that may stand in the way has found a permit all the same.
        return reach(of: extent, assuming: assumed, with: free, &search) == .unreached
            ? .unreached : .reached
    }

    /// With how many prohibitions and requirements a permit is put together at most.
    private static let mostRestrictions = 64

    /// That nothing stands in the way of an action.
    private func restrictions(on action: String) -> [Want] {
        rules.lazy.filter { rule in
            switch rule.checked.kind {
            case .forbid, .require: rule.checked.actions.contains(action)
            case .permit, .oblige: false
            }
        }
        .prefix(FindingSearch.mostRestrictions)
        .map { Want($0.effect.condition, $0.effect.aim.opposite) }
    }

    private func reach(
        of extent: CheckedExtent, assuming assumed: [Want], with free: [Want],
        _ search: inout Search
    ) -> Reach {
        let head = Want(terms.canonical(extent.head), .isTrue)
        var didStop = false
        var tried = 0
        for permit in permits where permit.checked.actions.contains(extent.action) {
            guard tried < FindingSearch.mostPermits else { return .stopped }
            tried += 1
            let isImpossible = search.isImpossible(
                [Want(permit.applies, .isTrue), head] + assumed + free, for: [extent.action])
            if !isImpossible, !search.didStop { return .reached }
            didStop = didStop || !isImpossible
        }
        return didStop ? .stopped : .unreached
    }

    private mutating func say(
        _ code: DiagnosticCode, _ arguments: [String], _ reach: Reach,
        _ severity: Diagnostic.Severity, at place: Place, site: Place
    ) {
        switch reach {
        case .reached: return
        case .unreached: add(code, arguments, at: place, site: site, severity)
        case .stopped:
            addStop([arguments[0]], at: place, site: site)
        }
    }
}
