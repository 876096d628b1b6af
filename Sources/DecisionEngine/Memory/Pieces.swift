import Synchronization

/// A table in pieces, each of which may have to be looked at before it is first read.
struct Pieces<Piece: Sendable & BitwiseCopyable>: Sendable {
    /// The pieces, looked at or not.
    private let all: Flat<Piece>
    /// Nil where they were made here, or have all been looked at.
    let seals: Borrowed<Seals>?

    init(_ all: Flat<Piece>, seals: Borrowed<Seals>? = nil) {
        self.all = all
        self.seals = seals
    }

    var count: Int { all.count }

    /// The same with some pieces in the place of others, or after them.
    ///
    /// - Parameters:
    ///   - changed: the pieces by their places; those that come after all others without a gap.
    ///   - arena: where the table is kept.
    /// - Returns: the table.
    /// - Complexity: linear in the number of pieces.
    func replacing(_ changed: [Int: Piece], in arena: Arena) -> Pieces {
        var pieces = Array(all)
        for (index, piece) in changed.sorted(by: { $0.key < $1.key }) {
            if index < pieces.count { pieces[index] = piece } else { pieces.append(piece) }
        }
        return Pieces(arena.keep(pieces), seals: seals)
    }

    @inline(__always)
    subscript(index: Int) -> Piece {
        if let seals { seals.value.require(index) }
        return all[index]
    }
}

/// Which pieces of a file's table have been looked at, and what their bytes must come to.
///
/// INVARIANT: whoever holds one keeps the arena alive that it was made in.
// Sendable although threads share the marks: they are atomic, and all that a race costs is a second look.
@safe
struct Seals: @unchecked Sendable {
    private let marks: UnsafeMutablePointer<Atomic<Bool>>
    private let pieces: Flat<Flat<UInt8>>
    private let checksums: Flat<UInt64>
    private let isWellFormed: @Sendable (Flat<UInt8>) -> Bool
    private let end: @Sendable (_ piece: Int) -> Never

    /// - Parameters:
    ///   - pieces: the bytes of each piece.
    ///   - checksums: what each must come to.
    ///   - arena: where the marks are kept.
    ///   - isWellFormed: whether bytes that do can be read without leaving them.
    ///   - end: ends the process where a piece is not as it was written.
    init(
        _ pieces: Flat<Flat<UInt8>>, checksums: Flat<UInt64>, in arena: Arena,
        isWellFormed: @escaping @Sendable (Flat<UInt8>) -> Bool,
        orElse end: @escaping @Sendable (_ piece: Int) -> Never
    ) {
        self.pieces = pieces
        self.checksums = checksums
        self.isWellFormed = isWellFormed
        self.end = end
        unsafe marks = arena.marks(pieces.count)
    }

    /// Looks at a piece unless somebody has: no answer may rest on one that is not as it was written.
    @inline(__always)
    func require(_ index: Int) {
        // What has come since the file was made is not from it.
        guard index < pieces.count, unsafe !marks[index].load(ordering: .relaxed) else { return }
        look(at: index)
    }

    @inline(never)
    private func look(at index: Int) {
        let piece = pieces[index]
        guard piece.comes(to: checksums[index]), isWellFormed(piece) else { end(index) }
        unsafe marks[index].store(true, ordering: .relaxed)
    }
}

extension Flat where Element == UInt8 {
    /// Whether bytes have a checksum.
    func comes(to checksum: UInt64) -> Bool {
        unsafe withBytes { unsafe Checksum.of($0) } == checksum
    }
}

extension Arena {
    /// Makes room for marks, none of them set.
    fileprivate func marks(_ count: Int) -> UnsafeMutablePointer<Atomic<Bool>> {
        let marks = UnsafeMutablePointer<Atomic<Bool>>.allocate(capacity: max(1, count))
        for place in 0..<count { unsafe (marks + place).initialize(to: Atomic(false)) }
        onRelease {
            unsafe marks.deinitialize(count: count)
            unsafe marks.deallocate()
        }
        return unsafe marks
    }
}
