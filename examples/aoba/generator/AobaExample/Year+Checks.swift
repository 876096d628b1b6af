// The aptitude check: asked of those whose work needs it, never without their consent.
extension Year {
    mutating func checkAptitude() {
        var passed: [(uid: String, on: Day)] = []
        let asked = draw(62) { life in
            life.person.isInResearch && life.from < "2026-07-01"
                && ["employee", "secondee"].contains(life.person.kind)
        }
        for (index, life) in asked.enumerated() {
            let uid = life.person.uid
            let start = max(life.from, index % 4 == 0 ? Day("2026-02-02") : Self.first)
            let day = workday(start, start + 30)
            guard life.isFree(day) else { continue }
            if index % 11 == 7 {
                check("check-declined", uid, day)
                continue
            }
            check("check-consented", uid, day)
            let result = (day + random.number(in: 10...30)).workday
            guard life.isFree(result), index % 8 != 5 else { continue }
            if index % 13 == 4 {
                check("check-not-cleared", uid, result)
            } else {
                check("check-passed", uid, result)
                passed.append((uid: uid, on: result))
            }
        }
        for (uid, day) in random.shuffled(passed).prefix(4) {
            let change = workday(day + 30, day + 120)
            if life(uid).isFree(change) {
                check("check-withdrawn", uid, change)
            }
        }
    }

    private mutating func check(_ name: String, _ uid: String, _ day: Day) {
        record(name, officeHour(day), ["person": .text(uid), "check": .text("core-check")])
    }
}
