package import DecisionEngine

extension DecisionEngine {
    /// What comes of an engine that is written to a snapshot file and opened again; itself where changes were applied to it.
    package func reopened() throws(SnapshotFormatError) -> DecisionEngine {
        guard let image = snapshotImage() else { return self }
        return try DecisionEngine(
            program: program, digest: digest, snapshot: SnapshotBytes(copying: image.bytes),
            checking: .touching)
    }
}

extension SnapshotChecking {
    /// Looks at what is touched, and says what was found before the process ends.
    package static let touching = SnapshotChecking.asTouched { fatalError("\($0)") }
}
