// Journeys abroad: on business, to conferences, and private ones that are declared.
extension Year {
    mutating func travel() {
        let destinations: [(purpose: String, count: Int, countries: [String])] = [
            ("business", 36, ["US", "KR", "CN", "TW", "DE", "TH", "PL", "HU", "ID"]),
            ("conference", 14, ["US", "DE", "FR", "KR", "SG", "CA"]),
            ("private", 12, ["TW", "KR", "TH", "US", "VN", "AU"]),
        ]
        for (purpose, count, countries) in destinations {
            for _ in 0..<count {
                let day = workday("2025-12-02", "2026-11-18")
                let last = day + random.number(in: purpose == "business" ? 2...11 : 3...8)
                let found = draw(1) { life in
                    let isOwn = life.isRegular || life.person.kind == "officer"
                    let isAble = purpose != "conference" || life.person.isInResearch
                    return isOwn && isAble && life.isFree(day..<(last + 1))
                }
                guard let uid = found.first?.person.uid else { continue }
                record(
                    "travelled", on: day,
                    [
                        "person": .text(uid), "country": .text(random.pick(countries)),
                        "purpose": .text(purpose), "until": .day(last),
                    ])
                change(uid) { $0.away.append(day..<(last + 1)) }
            }
        }
    }
}
