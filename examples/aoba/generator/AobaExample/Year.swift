/// What a person's year allows: nobody is in two places, and nobody acts after leaving.
struct Life {
    let person: Person
    let from: Day
    /// The first day the person is no longer engaged.
    var until: Day?
    /// The day on which the person gives notice.
    var notice: Day?
    /// Leaves, journeys, assignments and secondments.
    var away: [Range<Day>] = []
    /// The departments of the primary post, each with the day it began.
    var posts: [(from: Day, department: String)] = []
    var secondPosts: Set<String> = []

    func department(on day: Day) -> String? {
        posts.last { $0.from <= day }?.department
    }

    /// Engaged, not under notice, and at work on each day of the range.
    func isFree(_ days: Range<Day>) -> Bool {
        guard from <= days.lowerBound else { return false }
        if let end = notice ?? until, days.upperBound.number > end.number {
            return false
        }
        return !away.contains { $0.overlaps(days) }
    }

    func isFree(_ day: Day) -> Bool {
        isFree(day..<(day + 1))
    }
}

/// A person's place in a project, as the generator knows it.
struct Place {
    let uid: String
    let project: String
    let from: Day
    /// The first day it no longer holds.
    let until: Day?
}

/// A year of events, from 2025-12-01 to 2026-11-30.
///
/// Whatever takes a person away is settled before what the person does, so that each step asks
/// `Life.isFree` and none has to undo another. Each kind of event has a file of its own.
struct Year {
    static let first: Day = "2025-12-01"
    static let last: Day = "2026-11-30"
    static let spring: Day = "2026-04-01"
    static let autumn: Day = "2026-10-01"

    let resources: [Resource]
    var register: Register
    var random: SplitMix64
    /// In the order people were taken on: dictionaries are looked up here, never walked.
    var uids: [String] = []
    var lives: [String: Life] = [:]
    var places: [Place] = []
    private var events: [Event] = []

    init(people: [Person], resources: [Resource], register: Register, random: SplitMix64) {
        self.resources = resources
        self.register = register
        self.random = random
        for person in people {
            begin(person, on: Self.first)
        }
        scripted = Set(people.prefix(Cast.size).map(\.uid))
    }

    /// The cast, of whose year chance decides nothing.
    private var scripted: Set<String> = []

    mutating func live() {
        startProjects()
        playCast()
        joinStaff()
        loseStaff()
        startLeaves()
        sendAbroad()
        secondStaff()
        transferStaff()
        takeSecondPosts()
        travel()
        fillProjects()
        signPledges()
        checkAptitude()
        reclassify()
        endProjects()
    }

    mutating func begin(_ person: Person, on day: Day) {
        var life = Life(person: person, from: day)
        if let department = person.department {
            life.posts = [(from: day, department: department)]
        }
        uids.append(person.uid)
        lives[person.uid] = life
    }

    mutating func record(
        _ name: String, _ at: Moment, id: String? = nil,
        _ fields: KeyValuePairs<String, EventValue>
    ) {
        precondition(at.day >= Self.first && at.day <= Self.last, "\(name) is outside the year")
        events.append(Event(name: name, at: at, fields: fields, id: id))
    }

    /// From a day's first instant, as posts and engagements begin and end.
    mutating func record(
        _ name: String, on day: Day, id: String? = nil,
        _ fields: KeyValuePairs<String, EventValue>
    ) {
        record(name, Moment(day: day), id: id, fields)
    }

    /// All events by time; at the same instant, in the order they were recorded.
    var text: String {
        let ordered = events.enumerated().sorted { left, right in
            (left.element.at, left.offset) < (right.element.at, right.offset)
        }
        return ordered.enumerated().map { index, entry in
            entry.element.line(number: index + 1)
        }.joined()
    }
}

// What the steps draw on.
extension Year {
    func life(_ uid: String) -> Life {
        guard let life = lives[uid] else { preconditionFailure("nobody is called \(uid)") }
        return life
    }

    mutating func change(_ uid: String, _ body: (inout Life) -> Void) {
        var life = life(uid)
        body(&life)
        lives[uid] = life
    }

    /// At most `count` people for whom the condition holds, by chance; never one of the cast.
    mutating func draw(_ count: Int, where condition: (Life) -> Bool) -> [Life] {
        let fitting = uids.filter { !scripted.contains($0) && condition(life($0)) }
        return random.shuffled(fitting).prefix(count).map { life($0) }
    }

    /// A workday not before `first`, nor long after `last`.
    mutating func workday(_ first: Day, _ last: Day) -> Day {
        (first + random.below(max(1, last.number - first.number + 1))).workday
    }

    /// A quarter of an hour of the working day.
    mutating func officeHour(_ day: Day) -> Moment {
        Moment(day: day, minute: 9 * 60 + 15 * random.below(33))
    }
}

extension Life {
    /// The company's own employee, at work in one of its departments.
    var isRegular: Bool {
        person.kind == "employee" && person.department != nil
    }

    var isOutside: Bool {
        person.department == nil
    }
}
