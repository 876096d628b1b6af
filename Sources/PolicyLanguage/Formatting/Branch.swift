/// A node of the syntax tree with those inside it.
struct Branch {
    let kind: SyntaxTree.Kind
    let range: Range<Int>
    let children: [Branch]

    /// The child that begins at a token.
    func child(at token: Int) -> Branch? { children.first { $0.range.lowerBound == token } }

    /// The outermost nodes of a tree, in order.
    static func branches(of tree: SyntaxTree) -> [Branch] {
        var next = 0
        return branches(of: tree, before: tree.tokens.count, &next)
    }

    private static func branches(
        of tree: SyntaxTree, before end: Int, _ next: inout Int
    ) -> [Branch] {
        var branches: [Branch] = []
        while next < tree.nodes.count, tree.nodes[next].first < end {
            let node = tree.nodes[next]
            next += 1
            let children = self.branches(of: tree, before: node.end, &next)
            guard node.first < node.end else { continue }
            branches.append(
                Branch(kind: node.kind, range: node.first..<node.end, children: children))
        }
        return branches
    }
}
