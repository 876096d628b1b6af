import Facts
import PolicyProgram

/// What evaluating an action can come to.
extension Program {
    /// The windows that the rules about an action ask about, those of actions it asks for among them.
    func windows(readBy action: Int) -> Set<UInt32> {
        Set(
            nodes(reachedFrom: action).compactMap { index in
                guard case .during(let place) = tables.nodes[Int(index)] else { return nil }
                return place
            })
    }

    /// The nodes that evaluating an action can come to, those of actions it asks for among them.
    func nodes(reachedFrom action: Int) -> Set<NodeIndex> {
        var found: Set<NodeIndex> = []
        var actions: Set<Int> = [action]
        var openActions = [action]
        while let next = openActions.popLast() {
            var open = rulesByAction[next].map { rules[$0].outcome }
            while let index = open.popLast() {
                guard found.insert(index).inserted else { continue }
                let node = tables.nodes[Int(index)]
                if case .may(let other) = node, actions.insert(Int(other)).inserted {
                    openActions.append(Int(other))
                }
                open += tables.children(of: node)
            }
        }
        return found
    }
}
