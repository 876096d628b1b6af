public import Diagnostics
public import Facts

/// Makes every sure fix in a policy's own files, again and again until none is left.
public enum PolicyMender {
    /// How often a policy is read and mended at most.
    ///
    /// Each round makes at least one of the fixes that were found; few bring others to light.
    public static let mostRounds = 100

    /// A mistake that was mended, and the sources as they were then: its place refers to them.
    public struct Mended: Sendable {
        /// What was wrong, with the fix that was made.
        public let diagnostic: Diagnostic
        /// The sources before it was made.
        public let sources: [SourceText]
    }

    /// What mending gave.
    public struct Result: Sendable {
        /// The policy as it reads afterwards, with what is left to say.
        public let reading: PolicyReader.Result
        /// What was mended, in the order in which it was.
        public let mended: [Mended]
        /// The sources that are different now, as they were and as they are.
        public let changed: [(before: SourceText, after: SourceText)]
    }

    /// Reads a policy and mends it; its parameters are those of `PolicyReader.read`.
    public static func mend(
        _ sources: [SourceText], file: (String) -> SourceText?,
        folder: (String) -> [String]? = { _ in nil }, zone: (String) -> ZoneTable?
    ) -> Result {
        var latest: [String: SourceText] = [:]
        var originals: [String: SourceText] = [:]
        var mended: [Mended] = []
        func read() -> PolicyReader.Result {
            PolicyReader.read(
                sources.map { latest[$0.name] ?? $0 },
                file: { file($0).map { latest[$0.name] ?? $0 } }, folder: folder, zone: zone)
        }
        var reading = read()
        for _ in 0..<mostRounds {
            let own = reading.sources.indices.filter {
                reading.sources[$0] != PolicyReader.standardVocabulary
            }
            let (texts, done) = reading.diagnostics.applyingSureFixes(
                to: reading.sources, within: Set(own))
            guard !done.isEmpty else { break }
            mended += done.map { Mended(diagnostic: $0, sources: reading.sources) }
            for (before, after) in zip(reading.sources, texts) where before != after {
                latest[after.name] = after
                originals[before.name] = originals[before.name] ?? before
            }
            reading = read()
        }
        return Result(
            reading: reading, mended: mended,
            changed: latest.keys.sorted().compactMap { name in
                guard let before = originals[name], let after = latest[name] else { return nil }
                return (before, after)
            })
    }
}
