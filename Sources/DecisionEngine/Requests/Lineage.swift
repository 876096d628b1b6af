import Facts
import PolicyProgram

/// Digests of everything that handles and circumstances are numbers in: ids, texts, actions, contexts, and the cases of
/// enumerations.
///
/// Where two engines' are equal, a number means the same in both. Nothing else is asked of them: they name no policy and
/// prove no facts.
///
/// Engines made from one by changes add numbers, and share its digest. Whatever got its number since has a mark besides, a
/// digest of all ids up to its own, since two engines may have given the same number to different ones.
enum Lineage {
    /// The mark of what has its number from the beginning.
    static let noMark: UInt64 = 0

    /// The digest of a snapshot with what has been added since.
    static func numbering(_ lineage: UInt64, _ snapshot: Snapshot) -> UInt64 {
        var digest = lineage
        if let mark = snapshot.numbers.names.marks.last { digest = NameBytes.mix(digest ^ mark) }
        if snapshot.kindDigest != 0 { digest = NameBytes.mix(digest ^ snapshot.kindDigest) }
        for text in snapshot.numbers.texts.recent { add(text, to: &digest) }
        return digest
    }

    private static func add(_ text: String, to digest: inout UInt64) {
        let hash = unsafe NameBytes.withBytes(of: text) { unsafe NameBytes.hash($0, root: 0) }
        digest = NameBytes.mix(digest ^ hash)
    }

    static func digest(_ program: Program, _ snapshot: Snapshot) -> UInt64 {
        var digest = snapshot.names.frozen.fingerprint
        func add(_ text: String) { Lineage.add(text, to: &digest) }
        digest = NameBytes.mix(digest ^ (snapshot.numbers.texts.table?.numbers.fingerprint ?? 0))
        add("kinds")
        for root in snapshot.numbers.names.roots.sorted(by: { $0.value < $1.value }) {
            add(root.key)
        }
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

extension DecisionEngine {
    func subjectHandle(_ number: Snapshot.Handle) -> SubjectHandle {
        SubjectHandle(number: number, lineage: lineage, mark: mark(of: number))
    }

    func resourceHandle(_ number: Snapshot.Handle) -> ResourceHandle {
        ResourceHandle(number: number, lineage: lineage, mark: mark(of: number))
    }

    /// Whether a handle means here what it meant where it comes from.
    func isOwn(_ subject: SubjectHandle) -> Bool {
        subject.lineage == lineage && isOwn(subject.number, subject.mark)
    }

    func isOwn(_ resource: ResourceHandle) -> Bool {
        resource.lineage == lineage && isOwn(resource.number, resource.mark)
    }

    func isOwn(_ request: borrowing ResolvedRequest) -> Bool {
        guard request.lineage == lineage else { return false }
        guard request.subjectMark != Lineage.noMark || request.resourceMark != Lineage.noMark else {
            return true
        }
        return isOwn(request.subject, request.subjectMark)
            && isOwn(request.resource, request.resourceMark)
    }

    func isOwn(_ circumstances: Circumstances) -> Bool {
        circumstances.isOf(lineage: lineage, numbering: numbering)
    }

    private func mark(of number: Snapshot.Handle) -> UInt64 {
        let place = Int(number) - snapshot.names.frozenCount
        return place < 0 ? Lineage.noMark : snapshot.numbers.names.marks[place]
    }

    private func isOwn(_ number: Snapshot.Handle, _ mark: UInt64) -> Bool {
        guard mark != Lineage.noMark else { return true }
        let marks = snapshot.numbers.names.marks
        let place = Int(number) - snapshot.names.frozenCount
        return marks.indices.contains(place) && marks[place] == mark
    }
}
