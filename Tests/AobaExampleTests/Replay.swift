import Foundation

/// Plays the events through and notes each that contradicts what went before.
///
/// It keeps its own small books and shares nothing with the generator. Days are text; a last day has
/// passed when it is less than the event's day.
struct Replay {
    struct Books {
        var primary: String?
        var secondPosts: [String: String] = [:]
        var away: [String: String] = [:]
        var projects: [String: String] = [:]
        var pledge = ""
        var training = ""
        var isConsenting = false
        var lastDay: String?
        var isGone = false
    }

    private(set) var contradictions: [String] = []
    private var people: [String: Books] = [:]
    private var running: [String: Bool] = [:]
    private var classes: [String: (tier: String, category: Set<String>)] = [:]
    private var day = ""
    private var line = ""
    private static let never = "9999-12-31"

    init(_ example: Example) {
        for person in example.people {
            people[person.value("uid") ?? ""] = Books(primary: person.value("departmentNumber"))
        }
        for resource in example.resources {
            let category = (resource["category"] ?? "").split(separator: ";").map(String.init)
            classes[resource["id"] ?? ""] = (resource["tier"] ?? "", Set(category))
        }
    }

    mutating func play(_ events: [Occurrence]) {
        for event in events {
            require(event.day >= day, "goes back in time")
            day = event.day
            line = event.line
            if let last = event.text("until") {
                require(last >= day, "ends before it starts")
            }
            if event.name.hasPrefix("project") {
                project(event)
            } else if event.name == "reclassified" {
                reclassify(event)
            } else if event.name == "joined" {
                let isNew = people[event.person ?? ""] == nil
                require(isNew, "joins though known")
                people[event.person ?? ""] = Books(primary: event.text("department"))
            } else if var books = people[event.person ?? ""] {
                act(event, &books)
                people[event.person ?? ""] = books
            } else {
                require(false, "nobody of that name")
            }
        }
    }

    private mutating func require(_ holds: Bool, _ complaint: String) {
        if !holds {
            contradictions.append("\(complaint): \(line)")
        }
    }

    private mutating func project(_ event: Occurrence) {
        let id = event.text("project") ?? ""
        if event.name == "project-started" {
            require(running[id] == nil, "starts twice")
            running[id] = true
        } else {
            require(running[id] == true, "ends without running")
            running[id] = false
        }
    }

    private mutating func reclassify(_ event: Occurrence) {
        let id = event.text("resource") ?? ""
        guard let old = classes[id] else { return require(false, "no such resource") }
        var new = old
        new.tier = event.text("tier") ?? old.tier
        if case .list(let list) = event.fields["category"] {
            new.category = Set(list)
        }
        require(new != old, "changes nothing")
        classes[id] = new
    }

    private mutating func act(_ event: Occurrence, _ books: inout Books) {
        require(!books.isGone, "acts after departure")
        books.away = books.away.filter { $0.value >= day }
        books.secondPosts = books.secondPosts.filter { $0.value >= day }
        books.projects = books.projects.filter { $0.value >= day && running[$0.key] == true }
        if event.name == "departed" {
            let isOut = books.lastDay.map { Self.dayAfter($0) == day } ?? true
            require(isOut, "is not the day after the last")
            books.isGone = true
            return
        }
        if event.name == "handover-assigned" {
            guard let last = books.lastDay else {
                return require(false, "hands over without notice")
            }
            require(event.text("until") ?? "" <= last, "hands over after the last day")
            return
        }
        require(books.lastDay == nil, "acts after notice")
        if event.name == "leave-ended" {
            require(books.away.removeValue(forKey: "leave") != nil, "is not on leave")
            return
        }
        require(books.away["leave"] == nil, "acts while on leave")
        if !post(event, &books) && !absence(event, &books) && !membership(event, &books)
            && !paper(event, &books)
        {
            require(false, "unknown event")
        }
    }

    private mutating func post(_ event: Occurrence, _ books: inout Books) -> Bool {
        let department = event.text("department") ?? ""
        switch event.name {
        case "transferred":
            require(books.primary != nil, "has no post to leave")
            require(books.primary != event.text("to"), "is there already")
            require(books.secondPosts[event.text("to") ?? ""] == nil, "is there already")
            books.primary = event.text("to")
        case "second-post-taken":
            require(books.primary != nil && books.primary != department, "is there already")
            require(books.secondPosts[department] == nil, "is there already")
            books.secondPosts[department] = event.text("until") ?? Self.never
        case "second-post-left":
            require(books.secondPosts.removeValue(forKey: department) != nil, "has no such post")
        default: return false
        }
        return true
    }

    private mutating func absence(_ event: Occurrence, _ books: inout Books) -> Bool {
        let until = event.text("until") ?? Self.never
        switch event.name {
        case "leave-started", "travelled", "seconded", "assigned-abroad":
            require(books.away.isEmpty, "is away already")
            let name = event.name == "leave-started" ? "leave" : event.name
            books.away[name] = until
            if let department = event.text("department") {
                require(books.primary != department, "is there already")
                books.primary = department
            }
        case "gave-notice":
            let last = event.text("last-day") ?? ""
            require(last >= day, "leaves before giving notice")
            books.lastDay = last
        default: return false
        }
        return true
    }

    private mutating func membership(_ event: Occurrence, _ books: inout Books) -> Bool {
        let project = event.text("project") ?? ""
        switch event.name {
        case "member-added":
            require(running[project] == true, "joins a project that does not run")
            require(books.projects[project] == nil, "is a member already")
            require(books.away["seconded"] == nil, "has two engagements")
            books.projects[project] = event.text("until") ?? Self.never
        case "member-removed":
            require(books.projects.removeValue(forKey: project) != nil, "is no member")
        default: return false
        }
        return true
    }

    private mutating func paper(_ event: Occurrence, _ books: inout Books) -> Bool {
        switch event.name {
        case "pledge-signed": books.pledge = event.text("until") ?? ""
        case "training-completed": books.training = event.text("until") ?? ""
        case "pledge-lapsed":
            require(books.pledge >= day, "has no pledge in force")
            books.pledge = ""
        case "training-lapsed":
            require(books.training >= day, "has no training in force")
            books.training = ""
        case "check-consented":
            require(!books.isConsenting, "consents twice")
            books.isConsenting = true
        case "check-declined": require(!books.isConsenting, "declines after consent")
        case "check-passed", "check-not-cleared": require(books.isConsenting, "is without consent")
        case "check-withdrawn":
            require(books.isConsenting, "withdraws no consent")
            books.isConsenting = false
        default: return false
        }
        return true
    }

    private static func dayAfter(_ day: String) -> String {
        guard let date = try? Date("\(day)T00:00:00Z", strategy: .iso8601) else { return "" }
        return String(date.addingTimeInterval(86_400).ISO8601Format().prefix(10))
    }
}
