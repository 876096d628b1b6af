public import Facts
import PolicyProgram

/// What a request says of its subject and its resource that facts may not have: a label found in a file, say.
///
/// Only attributes that the policy's vocabulary says `may be brought` count. Of what is known it can only tighten the
/// answer; a resource of which nobody has spoken is decided by what is brought. `docs/semantics.md`, 2.7, is the definition.
public struct Brought: Hashable, Sendable {
    /// The kind of the resource, such as `document`; it counts where nobody has spoken of it.
    public var resourceKind: String?
    /// Attributes of the resource.
    public var resource: [String: Value]
    /// Attributes of the subject.
    public var subject: [String: Value]

    /// Nothing.
    public static let nothing = Brought()

    /// Creates what a request brings.
    public init(
        resourceKind: String? = nil, resource: [String: Value] = [:], subject: [String: Value] = [:]
    ) {
        self.resourceKind = resourceKind
        self.resource = resource
        self.subject = subject
    }
}

extension Request {
    /// The same with nothing brought.
    var bare: Request {
        var request = self
        request.brought = .nothing
        return request
    }
}

/// The engines that decide on a request that brings something.
struct BroughtEngines {
    /// By the facts alone, and a resource that is brought whole.
    let alone: DecisionEngine
    /// With what is brought of what is known; nil where that is nothing.
    let besides: DecisionEngine?
}

extension DecisionEngine {
    /// The engines that decide on a request; nil where it brings nothing that counts.
    ///
    /// - Complexity: that of two changes of the facts, each of one or two entities.
    func engines(for request: Request) -> BroughtEngines? {
        let resource = program.vocabulary.resource(request.resource)
        let subject = program.vocabulary.subject(request.subject)
        var alone = self
        var besides: [EntityID: EntityHistory?] = [:]
        if let known = history(of: resource) {
            if let tightened = tightened(known, by: request.brought.resource) {
                besides[resource] = tightened
            }
        } else if resource != subject, !hasBeen(resource),
            let whole = whole(resource, request.brought)
        {
            alone = alone.supposing([resource: whole])
        }
        if let known = besides[subject] ?? history(of: subject),
            let tightened = tightened(known, by: request.brought.subject)
        {
            besides[subject] = tightened
        }
        if besides.isEmpty {
            return alone === self ? nil : BroughtEngines(alone: alone, besides: nil)
        }
        return BroughtEngines(alone: alone, besides: alone.supposing(besides))
    }

    /// Whether somebody has spoken of an entity, be it of a kind that the policy no longer has.
    private func hasBeen(_ id: EntityID) -> Bool {
        snapshot[id].map { !snapshot.columns.value.existence(of: $0).isEmpty } ?? false
    }

    private var origin: Origin { Origin(source: "request", sequence: sequence) }

    /// A resource that nobody has spoken of, as it is brought; nil where it can't be.
    private func whole(_ id: EntityID, _ brought: Brought) -> EntityHistory? {
        guard let kind = brought.resourceKind.flatMap({ program.vocabulary.kinds[$0] }),
            program.vocabulary.isKind(kind.name, Vocabulary.resourceKind),
            kind.attributes.contains(where: \.mayBeBrought)
        else { return nil }
        var attributes: [String: [TimedValue]] = [:]
        for (attribute, value) in accepted(brought.resource, kind, isWhole: true) {
            attributes[attribute.name] = [
                TimedValue(value: value, interval: .always, origin: origin)
            ]
        }
        return EntityHistory(
            id: id, kind: kind.name, owner: nil, existence: [.always], origin: origin,
            attributes: attributes)
    }

    /// What is known of somebody or something, and what is brought besides; nil where nothing that counts is.
    private func tightened(
        _ known: EntityHistory, by brought: [String: Value]
    ) -> EntityHistory? {
        guard let kind = program.vocabulary.kinds[known.kind] else { return nil }
        let accepted = accepted(brought, kind, isWhole: false)
        guard !accepted.isEmpty else { return nil }
        var history = known
        for (attribute, value) in accepted {
            history = history.replacing(
                attribute.name,
                with: tightened(known.attributes[attribute.name] ?? [], by: value, attribute))
        }
        return history
    }

    private func tightened(
        _ known: [TimedValue], by brought: Value, _ attribute: AttributeDeclaration
    ) -> [TimedValue] {
        let otherwise = attribute.defaultValue.map { combined($0, brought, attribute.type) }
        var result: [TimedValue] = []
        var end = Instant.distantPast
        func fill(until instant: Instant) {
            let gap = Interval(from: end, until: instant)
            guard !gap.isEmpty else { return }
            result.append(
                TimedValue(value: otherwise ?? brought, interval: gap, origin: origin))
        }
        for timed in known {
            fill(until: timed.interval.from)
            let value = combined(timed.value, brought, attribute.type)
            result.append(
                value == timed.value
                    ? timed : TimedValue(value: value, interval: timed.interval, origin: origin))
            end = timed.interval.until
        }
        fill(until: .distantFuture)
        return result
    }

    /// The stricter of what is known and what is brought.
    private func combined(_ known: Value, _ brought: Value, _ type: ValueType) -> Value {
        switch (known, brought, type) {
        case (.symbol(let left), .symbol(let right), .enumeration(let name)):
            guard let declaration = program.vocabulary.enumerations[name], declaration.isScale,
                let first = declaration.rank(of: left), let second = declaration.rank(of: right)
            else { return brought }
            return first >= second ? known : brought
        case (.set(let left), .set(let right), .set): return .set(of: Array(left) + Array(right))
        default: return brought
        }
    }

    // MARK: What counts

    /// The attributes that count; of a set that is added to what is known, the members that fit.
    private func accepted(
        _ brought: [String: Value], _ kind: KindDeclaration, isWhole: Bool
    ) -> [(AttributeDeclaration, Value)] {
        brought.sorted { $0.key < $1.key }.compactMap { name, value in
            guard let attribute = kind.attributes[name], attribute.mayBeBrought else { return nil }
            if !isWhole, case .set(let members) = value, case .set(let type) = attribute.type {
                let fitting = members.filter { fits($0, type) }
                return fitting.isEmpty ? nil : (attribute, .set(of: Array(fitting)))
            }
            return fits(value, attribute.type) ? (attribute, value) : nil
        }
    }

    private func fits(_ value: Value, _ type: ValueType) -> Bool {
        if case .set(let members) = value, case .set(let member) = type {
            return members.allSatisfy { fits($0, member) }
        }
        return contextCell(value, type) != nil
    }
}
