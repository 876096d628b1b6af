// Pledges and trainings: signed for a time, mostly renewed, sometimes left to run out.
extension Year {
    mutating func signPledges() {
        var lapses = 0
        for uid in boundPeople {
            let entry = places.first { $0.uid == uid }?.from ?? Self.first
            let start = max(entry, life(uid).from)
            guard !random.chance(6) else { continue }
            let pledge = bind(uid, "pledge-signed", from: start, until: "2026-05-31")
            let training = bind(uid, "training-completed", from: start, until: "2026-06-30")
            let day = workday("2026-10-05", "2026-11-20")
            let isLapse = random.chance(10) && life(uid).isFree(day)
            if isLapse, let last = lapses % 2 == 0 ? pledge : training, last > day {
                let name = lapses % 2 == 0 ? "pledge-lapsed" : "training-lapsed"
                record(name, officeHour(day), ["person": .text(uid)])
                lapses += 1
            }
        }
    }

    /// Everyone in a project, and some of research besides; not the cast.
    private var boundPeople: [String] {
        let members = Set(places.map(\.uid))
        return uids.enumerated().filter { index, uid in
            let isOther = life(uid).person.isInResearch && index % 12 == 0
            return !Cast.uids.contains(uid) && (members.contains(uid) || isOther)
        }.map(\.element)
    }

    /// One that holds until `last`, and in four cases of five the next, a year longer.
    ///
    /// - Returns: the last day on which it holds, if it does at all.
    private mutating func bind(
        _ uid: String, _ name: String, from start: Day, until last: Day
    ) -> Day? {
        var holds: Day?
        let day = workday(start, start + 9)
        let next = workday(last + -25, last + -3)
        let isEarly = day < last + -60
        if isEarly, life(uid).isFree(day) {
            record(name, officeHour(day), ["person": .text(uid), "until": .day(last)])
            holds = last
        }
        let renewal = isEarly ? next : day
        if !isEarly || random.chance(80), life(uid).isFree(renewal), renewal <= Self.last {
            let year = last.civil.year + 1
            let (_, month, ofMonth) = last.civil
            let end = Day(year: year, month: month, day: ofMonth)
            record(name, officeHour(renewal), ["person": .text(uid), "until": .day(end)])
            holds = end
        }
        return holds
    }
}
