// What a technology is worth changes: reviews raise some tiers, publication lowers others.
extension Year {
    mutating func reclassify() {
        let candidates = resources.dropFirst(Resource.cast.count)
            .filter { $0.entity == "document" }
        let raised = random.shuffled(candidates.filter { $0.tier == "internal" && isResearch($0) })
        for resource in raised.prefix(6) {
            reclassify(resource, tier: "departmental", category: nil)
        }
        let plain = candidates.filter { $0.tier == "departmental" && $0.category.isEmpty }
        let named = random.shuffled(plain.filter { isResearch($0) })
        for (index, resource) in named.prefix(8).enumerated() {
            let category = [["core"], ["core", "economic"], ["security"], ["wanted"]][index % 4]
            reclassify(resource, tier: nil, category: category)
        }
        let valued = candidates.filter { $0.tier == "departmental" && !$0.category.isEmpty }
        let released = random.shuffled(valued)
        for resource in released.prefix(4) {
            reclassify(resource, tier: "internal", category: [])
        }
    }

    private func isResearch(_ resource: Resource) -> Bool {
        Department.named(resource.owner).isBelow("research")
    }

    private mutating func reclassify(_ resource: Resource, tier: String?, category: [String]?) {
        record(
            "reclassified", officeHour(workday("2026-01-13", "2026-11-20")),
            [
                "resource": .text(resource.id), "tier": .text(tier),
                "category": category.map(EventValue.list) ?? .absent,
            ])
    }
}
