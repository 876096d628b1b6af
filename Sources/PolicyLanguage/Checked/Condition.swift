public import Facts

/// Something with an entity or a value to it, free of names that still have to be looked up.
public indirect enum Operand: Hashable, Sendable {
    /// The person the request is about.
    case subject
    /// What the request wants to reach.
    case resource
    /// What a quantifier's variable stands for; ids are unique within a policy.
    case variable(Int)
    /// The same value always, of this type.
    case constant(Value, ValueType)
    /// An attribute of an entity of `kind`.
    case attribute(Operand, name: String, kind: String)
    /// A circumstance that the request brings, or does not; or an argument of its action.
    case context(String)
    /// The values on a list at the time in question.
    case list(String)
    /// What a table says of a value.
    case lookup(table: String, Operand)
    /// When the entity, or the record, that is there now began to be.
    case began(Operand)
    /// When it will cease to be; none where that is not known.
    case ends(Operand)
}

/// How many of what a quantifier looks through must meet its condition.
public enum Quantifier: Hashable, Sendable {
    /// One or more.
    case some
    /// All, and there is one.
    case every
    /// So many or more.
    case atLeast(Int)
}

/// What a quantifier looks through.
public indirect enum Domain: Hashable, Sendable {
    /// The records of a kind that an entity has.
    case records(kind: String, owner: Operand)
    /// The members of a set.
    case members(Operand)
    /// An entity of `kind` and all above it, over `attribute`.
    case chain(Operand, kind: String, attribute: String)
}

/// A part of the time that comes back: hours of the day, days of a calendar.
public enum Window: Hashable, Sendable, Comparable {
    /// Hours of the day.
    case clock(DailyHours)
    /// The days of a calendar, by its name.
    case calendar(String)

    /// How policies say it, `during` included.
    public var written: String {
        switch self {
        case .clock(let hours): "during \(hours.written)"
        case .calendar(let name): "during \(name)"
        }
    }
}

/// A condition with three values, checked: every name is resolved and every type fits.
///
/// Definitions and derived attributes have been written out. `docs/semantics.md`, section 3, says what
/// each case means.
public indirect enum Condition: Hashable, Sendable {
    /// How two values compare.
    public enum Comparison: String, Hashable, Sendable {
        /// The same.
        case equal
        /// Not the same.
        case notEqual
        /// Lower on a scale, smaller or earlier.
        case less
        /// Less or equal.
        case lessOrEqual
        /// Higher on a scale, greater or later.
        case greater
        /// Greater or equal.
        case greaterOrEqual
    }

    /// True or false, always.
    case constant(Bool)
    /// The other way round.
    case not(Condition)
    /// All of them.
    case and([Condition])
    /// At least one of them.
    case or([Condition])
    /// Two values compare so.
    case compare(Comparison, Operand, Operand)
    /// The value is a member of the set.
    case member(Operand, of: Operand)
    /// The sets have a member in common.
    case overlap(Operand, Operand)
    /// The first set holds all of the second.
    case superset(Operand, Operand)
    /// The first is the second or under it, over `attribute` of entities of `kind`.
    case below(Operand, Operand, kind: String, attribute: String)
    /// The boolean is true.
    case flag(Operand)
    /// So many of what is looked through, each put in the variable, meet the condition.
    case quantified(Quantifier, variable: Int, over: Domain, Condition)
    /// Reading gives a value.
    case has(Operand)
    /// The record holds at the request's time.
    case inForce(Operand)
    /// The entity is of this kind or a special case of it.
    case isKind(Operand, String)
    /// Something that ended is not long past.
    case moment(Moment)
    /// The subject is permitted another action on the resource.
    case may(action: String)
    /// What an aptitude check says; explanations don't look inside.
    case passed(check: String, Condition)
    /// The time in question is not before this instant.
    case reached(Operand)
    /// An instant, else the time in question, lies within a period after another; or, where `isOver`, is past its end.
    case elapsed(Operand?, Period, after: Operand, isOver: Bool)
    /// The time in question lies in a window.
    case during(Window)
    /// The condition at another time.
    case at(Operand, Condition)
    /// The condition has held without a break for at least a period.
    case held(Condition, Period)

    /// Records that an event ended within a period, with none like them held now.
    ///
    /// See `docs/semantics.md`, 4.1.
    public struct Moment: Hashable, Sendable {
        /// Whose records.
        public let owner: Operand
        /// The kind of record that ended.
        public let kind: String
        /// The attribute of it that is compared.
        public let attribute: String
        /// What the attribute must be, or be below.
        public let argument: Operand
        /// The kind of the attribute's value, and the attribute that leads upwards in its hierarchy.
        public let hierarchyKind: String
        /// The attribute that leads upwards.
        public let hierarchyAttribute: String
        /// The event that ended the record.
        public let event: String
        /// The kind of record the owner must still hold.
        public let whileKind: String
        /// How long ago it may be.
        public let period: Period
    }

    /// This or that; what is in a row stays in a row, so that it nests no deeper for being long.
    static func any(_ conditions: [Condition]) -> Condition {
        .or(
            conditions.flatMap { condition -> [Condition] in
                if case .or(let inner) = condition { return inner }
                return [condition]
            })
    }

    /// This and that; what is always true is left out.
    public static func all(_ conditions: [Condition]) -> Condition {
        let needed = conditions.flatMap { condition -> [Condition] in
            if case .and(let inner) = condition { return inner }
            return condition == .constant(true) ? [] : [condition]
        }
        return needed.count == 1 ? needed[0] : needed.isEmpty ? .constant(true) : .and(needed)
    }
}
