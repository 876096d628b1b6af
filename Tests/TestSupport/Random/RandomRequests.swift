import DecisionEngine
import Facts

/// Makes requests about a world, some of them with names and values nobody knows.
struct RandomRequests {
    let world: RandomWorld

    /// Requests that differ in their times: either side of each of some `boundaries`.
    func requests(
        at boundaries: [Instant], count: Int, _ random: inout SplitMix64
    ) -> [Request] {
        let question = question(&random)
        return (0..<count).map { _ in
            // Before the beginning nobody is known: rarely worth asking about.
            let known = boundaries.filter { $0 > world.beginning }
            let near =
                known.isEmpty || random.chance(8) ? world.beginning : random.pick(known)
            var request = question
            request.time = near.advanced(bySeconds: Int64(random.below(3) - 1))
            return request
        }
    }

    private func question(_ random: inout SplitMix64) -> Request {
        let resource = random.pick(world.entities.filter { $0.id.kind == "resource" })
        var actions = world.vocabulary.actionNames(on: resource.kind)
        if random.chance(4) { actions = world.vocabulary.actionNames + ["fly"] }
        let people = world.entities.map(\.id).filter { $0.kind == "person" }
        return Request(
            subject: random.chance(2) ? "nobody" : random.pick(people).name,
            action: random.pick(actions),
            resource: random.chance(2) ? "nothing" : resource.id.name, context: context(&random),
            at: world.beginning)
    }

    /// The same request, bringing something: often of what it may, and of a resource that nobody knows at times.
    func bringing(_ request: Request, _ random: inout SplitMix64) -> Request {
        var request = request
        let kind = world.entities.first {
            $0.id.kind == "resource" && $0.id.name == request.resource
        }?.kind
        if random.chance(35) {
            request.resource = "unheard-of"
            request.brought.resourceKind =
                random.chance(90) ? kind ?? "document" : random.pick(["person", "nonsense"])
        }
        request.brought.resource = attributes(of: kind ?? "document", &random)
        if random.chance(40) { request.brought.subject = attributes(of: "visitor", &random) }
        return request
    }

    private func attributes(
        of kind: String, _ random: inout SplitMix64
    ) -> [String: Value] {
        var attributes: [String: Value] = [:]
        for attribute in Array(world.vocabulary.kinds[kind]?.attributes ?? []) {
            guard random.chance(attribute.mayBeBrought ? 70 : 10) else { continue }
            attributes[attribute.name] =
                random.chance(5) ? .text("nonsense") : world.value(of: attribute.type, &random)
        }
        return attributes
    }

    private func context(_ random: inout SplitMix64) -> [String: Value] {
        var context: [String: Value] = [:]
        for declaration in world.vocabulary.contexts where random.chance(60) {
            context[declaration.name] = world.value(of: declaration.type, &random)
        }
        if random.chance(6) { context["weather.sky"] = .text("blue") }
        if random.chance(6) { context["device.kind"] = .symbol("toaster") }
        if random.chance(6) { context["spot.floor"] = .text("2") }
        if random.chance(6) {
            context["spot.area"] = .entity(random.pick(world.entities).id)
        }
        if random.chance(6) {
            context["spot.area"] = .entity(EntityID(kind: "resource", name: "nowhere"))
        }
        return context
    }
}
