public import Facts

/// The questions the other way round: who may, and what may one.
extension DecisionEngine {
    /// Everybody who may do `action` with `resource`, in order of id.
    ///
    /// Exact: nobody is left out.
    ///
    /// - Complexity: one decision for each person.
    public func whoCan(
        _ action: String, _ resource: String, context: [String: Value] = [:], at time: Instant
    ) -> [EntityID] {
        let asked = people.map { snapshot.ids[Int($0)] }
        return asked.filter { person in
            isPermitted(
                Request(
                    subject: person.name, action: action, resource: resource, context: context,
                    at: time))
        }
    }

    /// Everything with which `subject` may do `action`, in order of id.
    ///
    /// Exact: nothing is left out.
    ///
    /// - Complexity: one decision for each resource.
    public func whatCan(
        _ subject: String, _ action: String, context: [String: Value] = [:], at time: Instant
    ) -> [EntityID] {
        let asked = resources.map { snapshot.ids[Int($0)] }
        return asked.filter { resource in
            isPermitted(
                Request(
                    subject: subject, action: action, resource: resource.name, context: context,
                    at: time))
        }
    }

    private func isPermitted(_ request: Request) -> Bool {
        guard let question = resolve(request) else { return false }
        let now = outcomes(of: question, at: question.time)
        return now.exists && verdict(now.truths, action: question.action).basis == .permitted
    }
}
