public import Facts
import PolicyProgram

/// What would have to be otherwise for a request to be permitted, all of it together.
public struct Remedy: Hashable, Sendable {
    /// One thing that would have to be otherwise.
    public enum Change: Hashable, Sendable {
        /// The request says this of its circumstances.
        case context(name: String, value: Value)
        /// The entity's attribute has this value.
        case attribute(String, of: EntityID, value: Value)
        /// The entity has such a record, from the request's time on.
        case record(kind: String, of: EntityID, attributes: [String: Value])
    }

    /// The changes.
    public let changes: [Change]

    /// Creates a set of changes.
    public init(changes: [Change]) { self.changes = changes }
}

extension DecisionEngine {
    /// Small sets of changes, each of which would have a request permitted.
    ///
    /// They are sound, each has been tried, and few: circumstances, the person's own attributes and records, never
    /// anything of the resource. There may be others, and where there are none found there may be some all the same.
    /// That something else would do tells that nothing limited stands in the way: where such facts have a part in the
    /// decision, those who may not be told of them are told of no changes either.
    ///
    /// - Parameters:
    ///   - request: what is denied.
    ///   - audience: who is told.
    ///   - most: how many at most.
    /// - Returns: none for a request that is permitted, or whose names are unknown.
    /// - Complexity: some dozens of decisions, each from facts changed for it.
    public func remedies(
        for request: Request, audience: Audience = .general, most: Int = 3
    ) -> [Remedy] {
        guard let question = resolve(request) else { return [] }
        let decision = decide(request)
        guard decision.basis == .inTheWay || decision.basis == .noPermit,
            !Redaction(self, question, for: audience).hidesDecision
        else { return [] }
        var search = RemedySearch(self, question)
        var found: [Remedy] = []
        for remedy in search.candidates() where found.count < most {
            // What another one does with less is none.
            guard !found.contains(where: { Set($0.changes).isSubset(of: remedy.changes) }) else {
                continue
            }
            if wouldPermit(request, remedy) { found.append(remedy) }
        }
        return found
    }

    /// Whether a request would be permitted, were things as the remedy has them.
    private func wouldPermit(_ request: Request, _ remedy: Remedy) -> Bool {
        var request = request
        var histories: [EntityID: EntityHistory?] = [:]
        let origin = Origin(source: "", sequence: sequence)
        let span = Interval(from: request.time, until: .distantFuture)
        for (number, change) in remedy.changes.enumerated() {
            switch change {
            case .context(let name, let value): request.context[name] = value
            case .attribute(let name, let id, let value):
                guard let known = histories[id] ?? history(of: id) else { return false }
                histories.updateValue(
                    known.setting(
                        name, to: TimedValue(value: value, interval: span, origin: origin)),
                    forKey: id)
            case .record(let kind, let owner, let attributes):
                // No id of anything else begins with this.
                let id = EntityID(
                    kind: program.vocabulary.rootKind(of: kind), name: "\u{0}\(number)")
                histories.updateValue(
                    EntityHistory(
                        id: id, kind: kind, owner: owner, existence: [span], origin: origin,
                        attributes: attributes.mapValues {
                            [TimedValue(value: $0, interval: span, origin: origin)]
                        }), forKey: id)
            }
        }
        return supposing(histories).decide(request).isPermitted
    }
}
