package import Facts
import PolicyProgram

extension DecisionEngine {
    /// What the snapshot has of an entity; nil where nobody has spoken of it.
    package func history(of id: EntityID) -> EntityHistory? {
        snapshot[id].flatMap { history(of: $0) }
    }

    /// What the snapshot has of an entity: attributes that the program doesn't read are left out.
    func history(of handle: Snapshot.Handle) -> EntityHistory? {
        let columns = snapshot.columns.value
        let kind = columns.kind(of: handle)
        guard kind != Snapshot.none, let last = columns.lastStatement(of: handle) else {
            return nil
        }
        let vocabulary = program.vocabulary
        let cells = columns.cells(of: handle)
        var attributes: [String: [TimedValue]] = [:]
        for cell in cells {
            let timed = cells.timed(cell)
            let key = program.tables.columns[Int(cell.column)]
            guard let type = vocabulary.attribute(of: key)?.type else { continue }
            attributes[key.attribute, default: []].append(
                TimedValue(
                    value: value(of: timed.cell, type: type),
                    interval: timed.interval, origin: snapshot.origin(of: timed.statement)))
        }
        let event = columns.event(thatEnded: handle)
        return EntityHistory(
            id: snapshot.id(of: handle), kind: vocabulary.kinds[Int(kind)].name,
            owner: columns.owner(of: handle).map { snapshot.id(of: $0) },
            existence: columns.existence(of: handle).map(\.self),
            endedBy: event == Snapshot.noEvent ? nil : vocabulary.events[Int(event)].name,
            origin: snapshot.origin(of: last),
            attributes: attributes)
    }
}
