/// A list of values, each on it for a time: approved tools, holidays.
public struct ListDeclaration: Hashable, Sendable, Named {
    /// A value, and when it is on the list.
    public struct Member: Hashable, Sendable {
        /// The value.
        public let value: Value
        /// When it is on the list.
        public let interval: Interval

        /// Creates a member.
        public init(value: Value, interval: Interval) {
            self.value = value
            self.interval = interval
        }
    }

    /// The list's name.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The type of its members.
    public let memberType: ValueType
    /// Its members, in the order written.
    public let members: [Member]

    /// Creates a list.
    public init(name: String, label: String, memberType: ValueType, members: [Member]) {
        self.name = name
        self.label = label
        self.memberType = memberType
        self.members = members
    }

    /// The values on the list at `instant`.
    public func values(at instant: Instant) -> Value {
        .set(of: members.filter { $0.interval.contains(instant) }.map(\.value))
    }
}
