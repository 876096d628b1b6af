import Synchronization

/// Cases by their seeds, from 0; each is made once, when somebody first asks for it.
final class SeededCases: Sequence, Sendable {
    private let count: Int
    private let made = Mutex<[Run.Seeded]>([])

    init(count: Int) { self.count = count }

    private func place(_ index: Int) -> Run.Seeded? {
        guard index < count else { return nil }
        return made.withLock { made in
            while made.count <= index { made.append(Run.Seeded(seed: UInt64(made.count))) }
            return made[index]
        }
    }

    func makeIterator() -> AnyIterator<Run.Seeded> {
        var next = 0
        return AnyIterator {
            defer { next += 1 }
            return self.place(next)
        }
    }
}
