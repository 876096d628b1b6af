public import Facts

/// The questions the other way round, by ids: who may, and what may one.
extension DecisionEngine {
    /// Everybody who may do `action` with `resource`, in order of id.
    ///
    /// Exact: nobody is left out.
    ///
    /// - Complexity: that of `Evaluator.whoCan`; without preparation, one decision for each person.
    public func whoCan(
        _ action: String, _ resource: String, context: [String: Value] = [:], at time: Instant
    ) -> [EntityID] {
        guard let action = self.action(action), let resource = self.resource(resource) else {
            return []
        }
        var evaluator = evaluator()
        let page = evaluator.whoCan(
            action, resource, circumstances: circumstances(context), at: time)
        return page?.elements.compactMap(id) ?? []
    }

    /// Everything with which `subject` may do `action`, in order of id.
    ///
    /// Exact: nothing is left out.
    ///
    /// - Complexity: that of `Evaluator.whatCan`; without preparation, one decision for each resource.
    public func whatCan(
        _ subject: String, _ action: String, context: [String: Value] = [:], at time: Instant
    ) -> [EntityID] {
        guard let action = self.action(action), let subject = self.subject(subject) else {
            return []
        }
        var evaluator = evaluator()
        let page = evaluator.whatCan(
            subject, action, circumstances: circumstances(context), at: time)
        return page?.elements.compactMap(id) ?? []
    }

    /// The id of a person; nil for a handle of another engine.
    public func id(of subject: SubjectHandle) -> EntityID? {
        isOwn(subject) ? snapshot.id(of: subject.number) : nil
    }

    /// The id of a resource; nil for a handle of another engine.
    public func id(of resource: ResourceHandle) -> EntityID? {
        isOwn(resource) ? snapshot.id(of: resource.number) : nil
    }
}
