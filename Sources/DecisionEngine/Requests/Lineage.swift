import Facts
import PolicyProgram

/// A digest of everything that handles and circumstances are numbers in: ids, texts, actions, contexts, and the cases of
/// enumerations.
///
/// Where two engines' are equal, a number means the same in both. Nothing else is asked of it: it names no policy and
/// proves no facts.
enum Lineage {
    static func digest(_ program: Program, _ snapshot: Snapshot) -> UInt64 {
        var digest = snapshot.handles.fingerprint
        func add(_ text: String) {
            let hash = unsafe NameBytes.withBytes(of: text) { unsafe NameBytes.hash($0, root: 0) }
            digest = NameBytes.mix(digest ^ hash)
        }
        for text in snapshot.textsByCell { add(text) }
        add("actions")
        for action in program.actions { add(action) }
        add("contexts")
        for context in program.vocabulary.contexts {
            add(context.name)
            add("\(context.type)")
        }
        for enumeration in program.vocabulary.enumerations {
            add(enumeration.name)
            for name in enumeration.cases.map(\.name) { add(name) }
        }
        return digest
    }
}
