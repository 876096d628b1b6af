public import DecisionEngine
public import Facts

/// What events change: access with them against access without them; or what time alone does.
public struct Plan: Hashable, Sendable {
    /// What happens to access.
    public enum Change: String, Hashable, Sendable, CaseIterable {
        /// It ends.
        case revoke
        /// It ends, and comes back at a known time.
        case suspend
        /// It remains, under more conditions.
        case restrict
        /// It begins, or loses conditions.
        case grant
        /// It remains as it was, on other grounds.
        case keep

        /// Whether something that was permitted no longer is.
        public var lessens: Bool {
            switch self {
            case .revoke, .suspend, .restrict: true
            case .grant, .keep: false
            }
        }
    }

    /// One change, for one person.
    public struct Row: Hashable, Sendable {
        /// What happens.
        public let change: Change
        /// To whom.
        public let subject: EntityID
        /// Which actions, in order of name.
        public let actions: [String]
        /// With which resources, in order of id.
        public let resources: [EntityID]
        /// From when and until when.
        public let interval: Interval
        /// The permits that gave access without the events.
        public let before: [String]
        /// The permits that give it with them.
        public let after: [String]
        /// What stands in the way with them: of what ends, where access was without, and nothing where it is only that no permit
        /// is left; of what begins or stays, wherever there is none.
        public let inTheWay: [String]
        /// What stands in the way where that is nothing but requirements on the person alone: a check, a pledge, a training.
        ///
        /// Whoever meets these has the access again.
        public let lacking: [String]
        /// The plan's events that bear on it, by id, in the plan's order: those that reach the person or one of the resources,
        /// and have taken effect as the row begins.
        public internal(set) var events: [String]
        /// Where access with them depends on it: the circumstances in which it is permitted.
        ///
        /// Each says, by name, what the request must bring.
        public let remaining: [[String: Value]]

        /// Creates a row.
        public init(
            change: Change, subject: EntityID, actions: [String], resources: [EntityID],
            interval: Interval, before: [String], after: [String], inTheWay: [String],
            lacking: [String] = [], events: [String] = [], remaining: [[String: Value]]
        ) {
            self.change = change
            self.subject = subject
            self.actions = actions
            self.resources = resources
            self.interval = interval
            self.before = before
            self.after = after
            self.inTheWay = inTheWay
            self.lacking = lacking
            self.events = events
            self.remaining = remaining
        }
    }

    /// Somebody enters or leaves a group that an entitlement stands for.
    public struct GroupChange: Hashable, Sendable {
        /// What happens.
        public enum Change: String, Hashable, Sendable {
            /// They leave it.
            case leave
            /// They come to belong to it.
            case join
        }

        /// What happens.
        public let change: Change
        /// The group's name in the system that has it.
        public let group: String
        /// The action that belonging to it is for.
        public let action: String
        /// Who.
        public let member: EntityID
        /// From when and until when.
        public let interval: Interval
        /// What the entitlement cites.
        public let cites: [String]

        /// Creates a change.
        public init(
            change: Change, group: String, action: String, member: EntityID, interval: Interval,
            cites: [String]
        ) {
            self.change = change
            self.group = group
            self.action = action
            self.member = member
            self.interval = interval
            self.cites = cites
        }
    }

    /// The changes, by person, then instant, then kind of change.
    public let rows: [Row]
    /// The first instant at which the events have an effect; the distant future where they have none.
    public let from: Instant
    /// What the events ask to be done, in their order.
    public let duties: [Duty]
    /// What changes in the groups of other systems, by group, then instant, then person.
    public let groups: [GroupChange]

    /// Creates a plan.
    public init(
        rows: [Row], from: Instant, duties: [Duty] = [], groups: [GroupChange] = []
    ) {
        self.rows = rows
        self.from = from
        self.duties = duties
        self.groups = groups
    }

    /// Whether nothing changes, and nothing is to be done.
    public var isEmpty: Bool { rows.isEmpty && duties.isEmpty && groups.isEmpty }

    /// The rows of one kind.
    public func rows(_ change: Change) -> [Row] { rows.filter { $0.change == change } }

    /// The plan less what stays on other grounds.
    public var withoutKept: Plan {
        Plan(
            rows: rows.filter { $0.change != .keep }, from: from, duties: duties, groups: groups)
    }

    /// The changes in groups that go with a row: those of its person, for one of its actions, that begin as it begins.
    public func groups(of row: Row) -> [GroupChange] {
        let change: GroupChange.Change = row.change.lessens ? .leave : .join
        return groups.filter { group in
            row.change != .keep && group.change == change && group.member == row.subject
                && group.interval.from == row.interval.from && row.actions.contains(group.action)
        }
    }

    /// What the events behind a row ask to be done with what its person has: devices, samples, documents handed over.
    public func duties(of row: Row) -> [Duty] {
        guard row.change.lessens else { return [] }
        return duties.filter { $0.about == row.subject && row.events.contains($0.event) }
    }
}

/// Why there is no plan.
public enum PlanError: Error, Hashable, Sendable {
    /// The policy's rules about this action tell too many circumstances apart to compare them all.
    case tooManyCircumstances(action: String)
}
