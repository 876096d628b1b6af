public import Facts
import PolicyProgram

/// The questions the other way round, exact at any size.
extension Evaluator {
    /// Everybody who may do `action` with `resource`, in order of id.
    ///
    /// - Parameters:
    ///   - action: what.
    ///   - resource: with what.
    ///   - circumstances: in what circumstances.
    ///   - time: when.
    ///   - last: the id of whoever the page before ended with; nil for the first page. An id keeps its meaning when
    ///     the engine is replaced between two pages.
    ///   - most: how many a page holds.
    /// - Returns: a page, which says whether it is the last; nil where another engine resolved what is asked about.
    /// - Complexity: a look at each person, and a decision for each of whom their class doesn't say.
    public mutating func whoCan(
        _ action: ActionHandle, _ resource: ResourceHandle, circumstances: Circumstances = .none,
        at time: Instant, after last: EntityID? = nil, most: Int = .max
    ) -> AnswerPage<SubjectHandle>? {
        let lineage = engine.lineage
        guard action.lineage == lineage, engine.isOwn(resource), engine.isOwn(circumstances)
        else { return nil }
        let request = ResolvedRequest(
            subject: resource.number, action: Int(action.number), resource: resource.number,
            circumstances: circumstances, time: time, lineage: lineage)
        let page = search(request, over: .subject, after: last, most: most)
        return AnswerPage(
            elements: page.elements.map { engine.subjectHandle($0) },
            isLast: page.isLast)
    }

    /// Everything with which `subject` may do `action`, in order of id.
    ///
    /// - Parameters:
    ///   - subject: who.
    ///   - action: what.
    ///   - circumstances: in what circumstances.
    ///   - time: when.
    ///   - last: the id of what the page before ended with; nil for the first page.
    ///   - most: how many a page holds.
    /// - Returns: a page, which says whether it is the last; nil where another engine resolved what is asked about.
    /// - Complexity: a look at each resource, and a decision for each of which its class doesn't say.
    public mutating func whatCan(
        _ subject: SubjectHandle, _ action: ActionHandle, circumstances: Circumstances = .none,
        at time: Instant, after last: EntityID? = nil, most: Int = .max
    ) -> AnswerPage<ResourceHandle>? {
        let lineage = engine.lineage
        guard action.lineage == lineage, engine.isOwn(subject), engine.isOwn(circumstances)
        else { return nil }
        let request = ResolvedRequest(
            subject: subject.number, action: Int(action.number), resource: subject.number,
            circumstances: circumstances, time: time, lineage: lineage)
        let page = search(request, over: .resource, after: last, most: most)
        return AnswerPage(
            elements: page.elements.map { engine.resourceHandle($0) },
            isLast: page.isLast)
    }

    /// Everything that `subject` may do with `resource`, in the order of the policy's actions.
    ///
    /// - Complexity: one decision for each action.
    public mutating func actions(
        of subject: SubjectHandle, on resource: ResourceHandle,
        circumstances: Circumstances = .none, at time: Instant
    ) -> [String] {
        let names = engine.program.actions
        return names.indices.filter { action in
            let request = ResolvedRequest(
                subject: subject,
                action: ActionHandle(number: UInt16(action), lineage: engine.lineage),
                resource: resource, circumstances: circumstances, at: time)
            guard let request else { return false }
            return decide(request).isPermitted
        }.map { names[$0] }
    }

    // MARK: Looking through all

    private mutating func search(
        _ request: ResolvedRequest, over start: Probe.Path.Start, after last: EntityID?,
        most: Int
    ) -> AnswerPage<Snapshot.Handle> {
        forgetIfFull()
        let asked = start == .subject ? engine.people : engine.resources
        var found: [Snapshot.Handle] = []
        let rest = asked.handles(after: last, in: engine.snapshot)
        guard let prepared, engine.isPrepared(for: request) else {
            for handle in rest where isPermittedByIntervals(request.asking(start, handle)) {
                if found.count == most { return AnswerPage(elements: found, isLast: false) }
                found.append(handle)
            }
            return AnswerPage(elements: found, isLast: true)
        }
        var sieve = Sieve(request, over: start, prepared, engine)
        for handle in rest where isPermitted(handle, &sieve) {
            if found.count == most { return AnswerPage(elements: found, isLast: false) }
            found.append(handle)
        }
        return AnswerPage(elements: found, isLast: true)
    }

    /// Whether a request is permitted at its time, as the facts' own intervals say.
    func isPermittedByIntervals(_ request: ResolvedRequest) -> Bool {
        guard
            engine.snapshot.columns.value.applies(action: request.action, to: request.resource)
        else { return false }
        let found = engine.outcomes(of: request, at: request.time)
        return found.exists
            && engine.verdict(found.truths, action: request.action).basis == .permitted
    }
}

extension ResolvedRequest {
    /// The same request about another subject, or another resource.
    func asking(_ start: Probe.Path.Start, _ handle: Snapshot.Handle) -> ResolvedRequest {
        ResolvedRequest(
            subject: start == .subject ? handle : subject, action: action,
            resource: start == .subject ? resource : handle, circumstances: circumstances,
            time: time, lineage: lineage)
    }
}
