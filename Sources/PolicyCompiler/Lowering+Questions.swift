import Facts
import PolicyLanguage
import PolicyProgram

/// Limits, duties and entitlements.
extension Lowering {
    mutating func lowerQuestions(of policy: CheckedPolicy) {
        for limit in policy.limits {
            tables.limits.append(
                ProgramLimit(
                    name: limit.name, most: limit.most, extent: lower(limit.extent),
                    group: limit.group.map { lower($0, slots: [:]) },
                    why: ProgramWhy(
                        because: limit.because, cites: limit.cites, text: limit.text)))
        }
        for entitlement in policy.entitlements {
            tables.entitlements.append(
                ProgramEntitlement(
                    group: entitlement.group, extent: lower(entitlement.extent),
                    assuming: entitlement.assuming, reveals: entitlement.reveals,
                    approval: entitlement.approval.map {
                        ProgramApproval(count: $0.count, action: action($0.action))
                    },
                    why: ProgramWhy(
                        because: entitlement.because, cites: entitlement.cites,
                        text: entitlement.text)))
        }
        for duty in policy.duties { tables.duties.append(lower(duty)) }
    }

    private mutating func lower(_ extent: CheckedExtent) -> ProgramExtent {
        ProgramExtent(
            action: action(extent.action), isEvery: extent.isEvery,
            head: lower(extent.head, slots: [:]))
    }

    private mutating func lower(_ duty: CheckedDuty) -> ProgramDuty {
        // Only the fields that are read take a slot.
        let read = duty.variablesRead
        var slots: [Int: Int] = [:]
        var fields: [String: UInt32] = [:]
        for (name, variable) in duty.fields.sorted(by: { $0.key < $1.key })
        where read.contains(variable) {
            fields[name] = UInt32(slots.count)
            slots[variable] = slots.count
        }
        let object: ProgramDuty.Object =
            switch duty.object {
            case .one(let operand): .one(lower(operand, slots: slots))
            case .each(let domain, let variable, let value):
                each(domain, variable, value, slots: slots)
            }
        let events = tables.vocabulary.events
        return ProgramDuty(
            event: UInt32(events.index(of: duty.event) ?? events.count), fields: fields,
            verb: duty.verb, object: object, byField: duty.byField,
            when: lower(duty.when, slots: slots),
            why: ProgramWhy(because: duty.because, cites: duty.cites, text: duty.text))
    }

    private mutating func each(
        _ domain: Domain, _ variable: Int, _ value: Operand, slots: [Int: Int]
    ) -> ProgramDuty.Object {
        let slot = min(slots.count, ProgramLimits.slots)
        var inner = slots
        inner[variable] = slot
        return .each(
            lower(domain, slots: slots), slot: UInt16(slot), lower(value, slots: inner))
    }
}
