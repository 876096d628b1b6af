import Facts
import PolicyProgram

/// What a snapshot already says of a program's rules, worked out beforehand from one instant on.
final class Preparation: Sendable {
    /// What evaluation reads of it.
    struct Layout: Sendable {
        let rows: Rows
        let roles: Flat<Role>
        /// For each class of people, what each condition on the subject alone comes to.
        let subjectTruths: Flat<Truth>
        let subjectWidth: Int
        /// How many classes of people there are.
        let subjectClasses: Int
        /// For each class of resources, likewise.
        let resourceTruths: Flat<Truth>
        let resourceWidth: Int
        /// For each class of resources, their kind.
        let resourceKinds: Flat<UInt16>
        /// Whether decisions on an action can be prepared for.
        let isPrepared: Flat<Bool>

        /// Whether decisions on an action at an instant are answered from rows.
        func covers(action: Int, at time: Instant) -> Bool {
            isPrepared[action] && time >= rows.since
        }

        @inline(__always)
        func subjectTruth(_ condition: UInt32, of place: Int) -> Truth {
            subjectTruths[place &* subjectWidth &+ Int(condition)]
        }

        @inline(__always)
        func resourceTruth(_ condition: UInt32, of place: Int) -> Truth {
            resourceTruths[place &* resourceWidth &+ Int(condition)]
        }
    }

    let layout: Borrowed<Layout>
    private let arena = Arena()

    /// Works out what holds of everybody and everything from `since` on; nil where the vocabulary has people and
    /// resources be the same, or there are more classes of them than have a number.
    ///
    /// - Complexity: as many evaluations of the conditions on one entity as there are entities and changes to come.
    init?(
        _ tables: ConditionTables, _ snapshot: Snapshot, since: Instant, windowsByAction: [[UInt32]]
    ) {
        let program = tables.program.value
        let vocabulary = program.vocabulary
        guard
            vocabulary.rootKind(of: Vocabulary.subjectKind)
                != vocabulary.rootKind(of: Vocabulary.resourceKind)
        else { return nil }
        let roles = Roles(program)
        // A lease that takes the whole request would have to be asked for each time.
        for lease in program.tables.leases {
            guard case .resource = roles.roles[Int(lease.head)] else { return nil }
        }
        var builder = RowBuilder(tables, snapshot, roles: roles, since: since)
        builder.build()
        guard builder.subjects.classes.kinds.count < Rows.mostClasses,
            builder.resources.classes.kinds.count < Rows.mostClasses
        else { return nil }
        let isPrepared = program.tables.actions.indices.map { action in
            windowsByAction[action].isEmpty
                && program.rulesByAction[action].allSatisfy { index in
                    program.rules[index].obligations.allSatisfy(\.parameters.isEmpty)
                }
        }
        layout = arena.keep(
            Layout(
                rows: builder.rows(in: arena), roles: arena.keep(roles.roles),
                subjectTruths: arena.keep(builder.subjects.classes.truths),
                subjectWidth: builder.subjects.classes.width,
                subjectClasses: builder.subjects.classes.kinds.count,
                resourceTruths: arena.keep(builder.resources.classes.truths),
                resourceWidth: builder.resources.classes.width,
                resourceKinds: arena.keep(builder.resources.classes.kinds),
                isPrepared: arena.keep(isPrepared)))
    }
}
