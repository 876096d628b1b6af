package import Facts
import PolicyProgram

/// The circumstances that the rules about one action can tell apart.
///
/// For each context value they mention: each case of its enumeration, or each value they name and one
/// they don't, and that the request doesn't bring it; for each window of time, that it is open or not.
/// `docs/semantics.md`, 6.
package struct ContextWorlds: Sendable {
    /// One set of circumstances: the values brought, by name, and each window by what policies write.
    ///
    /// What is not there is not brought.
    package typealias World = [String: Value]

    /// The most worlds an action may have.
    package static let most = 4_096

    /// The worlds; in the first, nothing is brought and no window is open.
    package let worlds: [World]
}

extension DecisionEngine {
    /// The worlds of an action; nil where there are more than `ContextWorlds.most`.
    package func contextWorlds(action: String) -> ContextWorlds? {
        guard let index = program.tables.actions.firstIndex(of: action) else { return nil }
        var worlds: [ContextWorlds.World] = [[:]]
        for place in contexts(readBy: index).sorted() {
            let declaration = program.vocabulary.contexts[Int(place)]
            let values = distinguishedValues(of: place, type: declaration.type)
            guard worlds.count * (values.count + 1) <= ContextWorlds.most else { return nil }
            worlds += worlds.flatMap { world in
                values.map { world.merging([declaration.name: $0]) { $1 } }
            }
        }
        for place in windowsByAction[index].sorted() {
            let name = name(ofWindow: place)
            guard worlds.count * 2 <= ContextWorlds.most else { return nil }
            worlds = [false, true].flatMap { isOpen in
                worlds.map { $0.merging([name: .boolean(isOpen)]) { $1 } }
            }
        }
        return ContextWorlds(worlds: worlds)
    }

    /// The worlds as this engine's snapshot numbers their values; another's would number them otherwise.
    package func circumstances(of worlds: ContextWorlds) -> [Circumstances] {
        worlds.worlds.map { world in
            let windows = program.tables.windows.indices.map { place in
                world[name(ofWindow: UInt32(place))] == .boolean(true)
            }
            return Circumstances(
                context: contextCells(world), windows: windows, lineage: lineage)
        }
    }

    /// How policies say a window.
    private func name(ofWindow place: UInt32) -> String {
        switch program.tables.windows[Int(place)] {
        case .clock(let hours): "during \(hours.written)"
        case .calendar(let calendar): "during \(program.vocabulary.calendars[Int(calendar)].name)"
        }
    }

    private func contexts(readBy action: Int) -> Set<UInt32> {
        var found: Set<UInt32> = []
        for index in program.nodes(reachedFrom: action) {
            for operand in program.tables.nodes[Int(index)].operands(in: program.tables) {
                if let context = program.tables.context(under: operand) { found.insert(context) }
            }
        }
        return found
    }

    private func distinguishedValues(of context: UInt32, type: ValueType) -> [Value] {
        switch type {
        case .boolean: return [.boolean(true), .boolean(false)]
        case .enumeration(let name):
            return program.vocabulary.enumerations[name]?.cases.map { .symbol($0.name) } ?? []
        case .integer, .instant, .date, .lastDay:
            // Between two neighbours in this list no comparison can tell values apart.
            let named = namedValues.flatMap { numbers(in: $0) }
            let edges: Set<Int64> = Set(named.flatMap { [$0 &- 1, $0, $0 &+ 1] })
            return edges.sorted().map { edge -> Value in
                type == .integer ? .integer(edge) : .instant(Instant(secondsSinceEpoch: edge))
            }
        case .text:
            let named = Set(namedValues.flatMap { texts(in: $0) }).sorted()
            return (named + ["\u{0}"]).map(Value.text)
        case .entity(let kind):
            let root = program.vocabulary.rootKind(of: kind)
            return (0..<Snapshot.Handle(snapshot.count)).map { snapshot.id(of: $0) }
                .filter { $0.kind == root }.map(Value.entity)
        case .set: return []
        }
    }

    /// Every value that the policy names, in its conditions, lists and tables.
    private var namedValues: [Value] {
        let vocabulary = program.vocabulary
        return program.tables.constants.map(\.value)
            + vocabulary.lists.flatMap { $0.members.map(\.value) }
            + vocabulary.tables.flatMap { $0.rows.map(\.key) }
    }

    private func numbers(in value: Value) -> [Int64] {
        switch value {
        case .integer(let number): [number]
        case .instant(let instant): [instant.secondsSinceEpoch]
        case .set(let members): members.flatMap(numbers)
        case .boolean, .text, .symbol, .entity: []
        }
    }

    private func texts(in value: Value) -> [String] {
        switch value {
        case .text(let text): [text]
        case .set(let members): members.flatMap(texts)
        case .boolean, .integer, .symbol, .instant, .entity: []
        }
    }
}
