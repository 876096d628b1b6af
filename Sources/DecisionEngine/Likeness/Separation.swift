import PolicyProgram

/// A program's rules taken apart into conditions of which each reads the person alone, the resource alone, or the person
/// and one thing of the resource.
///
/// Where that can be done, access follows from what the first and the last of these come to, and from what resources are
/// like: for everybody of whom they come to the same.
struct Separation: Sendable {
    /// The conditions on the person alone.
    let ofSubject: [NodeIndex]
    /// The conditions on the person and one thing of the resource.
    let byDimension: [Dimension: [NodeIndex]]

    /// - Complexity: linear in the size of the program.
    init?(_ program: Program) {
        guard let roles = Preparation.roles(of: program) else { return nil }
        let reads = ReadsOfTables(program.tables)
        var byDimension: [Dimension: [NodeIndex]] = [:]
        for node in roles.openNodes {
            // What another action's rules come to follows from what their conditions do.
            if case .may = program.tables.nodes[Int(node)] { continue }
            let read = reads.nodes[Int(node)]
            // What the request brings is the same for everybody.
            if read == .request { continue }
            let ofResource = ResourceReads(program, [node])
            guard !read.contains(.request), ofResource.whole.isEmpty, !ofResource.isIndividual,
                ofResource.recordKinds.isEmpty, !ofResource.looksBack
            else { return nil }
            let dimensions = Set(ofResource.compared.map(Dimension.column))
                .union(ofResource.sources.keys).union(ofResource.constants.keys)
            guard dimensions.count == 1, let only = dimensions.first else { return nil }
            byDimension[only, default: []].append(node)
        }
        ofSubject = roles.subjectNodes
        self.byDimension = byDimension
    }
}
