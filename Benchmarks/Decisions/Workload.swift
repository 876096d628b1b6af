/// Need-to-know access to documents in five rules, of any size: the workload that peers are measured by, too.
///
/// The same numbers as every other implementation of the workload draws, from the same stream, so that the decisions
/// can be compared one by one.
struct Workload: Sendable {
    struct User: Sendable {
        var department = 0
        var isActive = false
        var isLeaving = false
        /// Numbers of roles: 0 is engineer, 1 manager.
        var roles: [Int] = []
        var aptitude = Aptitude.none
        /// The last day on which the aptitude check counts.
        var aptitudeExpires = 0
        var isAbroad = false
    }

    enum Aptitude: Sendable {
        case passed, failed, none

        /// The case's name in the policy, to whose language `passed` is a word of its own.
        var name: String {
            switch self {
            case .passed: "suitable"
            case .failed: "unsuitable"
            case .none: "unchecked"
            }
        }
    }

    struct Document: Sendable {
        let tier: Int
        let owner: Int
        let project: Int
    }

    struct Query: Sendable {
        let user: Int
        let isPrint: Bool
        let document: Int
    }

    /// How many there are of everything, and where the stream begins.
    struct Size: Sendable {
        let name: String
        let users: Int
        let departments: Int
        let projects: Int
        let documents: Int
        let queries: Int
        let seed: UInt64

        static let w1 = Size(
            name: "W1", users: 10_000, departments: 200, projects: 2_000, documents: 100_000,
            queries: 100_000, seed: 20_260_101)
        /// The first size's mix, with as many departments as rules are written for.
        static func departments(_ count: Int) -> Size {
            Size(
                name: "W1 of \(count) departments", users: 10_000, departments: count,
                projects: 2_000, documents: 100_000, queries: 100_000, seed: 20_260_103)
        }
        static let million = Size(
            name: "1,000,000 people", users: 1_000_000, departments: 2_000, projects: 100_000,
            documents: 100_000, queries: 100_000, seed: 20_260_104)
        static let huge = Size(
            name: "1,000,000 people × 10,000,000 documents", users: 1_000_000,
            departments: 2_000, projects: 100_000, documents: 10_000_000, queries: 1_000_000,
            seed: 20_260_105)
        static let w2 = Size(
            name: "W2", users: 100, departments: 10, projects: 20, documents: 1_000,
            queries: 100_000, seed: 20_260_102)
    }

    /// The day that is today.
    static let today = 20_000
    static let roles =
        ["engineer", "manager"] + (2..<20).map { $0 < 10 ? "role0\($0)" : "role\($0)" }

    let size: Size
    private(set) var users: [User] = []
    /// The members of each project, in order.
    private(set) var projects: [[Int]] = []
    private(set) var documents: [Document] = []
    private(set) var queries: [Query] = []

    init(_ size: Size) {
        self.size = size
        var stream = Stream(state: size.seed)
        var usersByDepartment = [[Int]](repeating: [], count: size.departments)
        for index in 0..<size.users {
            let user = Self.user(&stream, departments: size.departments)
            usersByDepartment[user.department].append(index)
            users.append(user)
        }
        for _ in 0..<size.projects {
            let count = min(4 + stream.below(17), size.users)
            var members: Set<Int> = []
            while members.count < count { members.insert(stream.below(size.users)) }
            projects.append(members.sorted())
        }
        for _ in 0..<size.documents {
            let draw = stream.below(100)
            let tier = draw < 30 ? 1 : draw < 70 ? 2 : 3
            let owner = stream.below(size.departments)
            documents.append(
                Document(tier: tier, owner: owner, project: stream.below(size.projects)))
        }
        for _ in 0..<size.queries {
            let document = stream.below(size.documents)
            let way = stream.below(100)
            let pool =
                way < 20
                ? []
                : way < 70
                    ? projects[documents[document].project]
                    : usersByDepartment[documents[document].owner]
            let user = pool.isEmpty ? stream.below(size.users) : pool[stream.below(pool.count)]
            queries.append(Query(user: user, isPrint: stream.percent(15), document: document))
        }
    }

    private static func user(_ stream: inout Stream, departments: Int) -> User {
        var user = User()
        user.department = stream.below(departments)
        user.isActive = stream.percent(95)
        user.isLeaving = stream.percent(6)
        let count = 1 + stream.below(3)
        while user.roles.count < count {
            let role = stream.percent(30) ? stream.below(2) : 2 + stream.below(18)
            if !user.roles.contains(role) { user.roles.append(role) }
        }
        let draw = stream.below(100)
        user.aptitude = draw < 85 ? .passed : draw < 92 ? .failed : .none
        user.aptitudeExpires = today - 100 + stream.below(1_000)
        user.isAbroad = stream.percent(8)
        return user
    }

    /// What the five rules say, written down a second time.
    func isPermitted(_ query: Query) -> Bool {
        let user = users[query.user]
        let document = documents[query.document]
        let isMember = projects[document.project].contains(query.user)
        let isManager = user.roles.contains(1)
        if document.tier >= 2, user.isLeaving { return false }
        if query.isPrint, !isManager { return false }
        guard user.isActive else { return false }
        switch document.tier {
        case 1: return true
        case 2: return user.department == document.owner || isMember
        default:
            return isMember && user.aptitude == .passed && user.aptitudeExpires >= Workload.today
                && !user.isAbroad && (isManager || user.roles.contains(0))
        }
    }

    /// The splitmix64 stream.
    struct Stream {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        mutating func below(_ bound: Int) -> Int { Int((next() >> 11) % UInt64(bound)) }

        mutating func percent(_ percent: Int) -> Bool { below(100) < percent }
    }
}
