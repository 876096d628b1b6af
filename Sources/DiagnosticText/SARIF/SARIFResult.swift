/// A diagnostic in SARIF.
struct SARIFResult: Encodable, Sendable {
    struct Fix: Encodable, Sendable {
        struct Properties: Encodable, Sendable {
            /// `sure` or `maybe`: only the first is made by `ntk check --fix`.
            let applicability: String
        }

        let description: SARIFText
        let artifactChanges: [ArtifactChange]
        let properties: Properties
    }

    struct ArtifactChange: Encodable, Sendable {
        let artifactLocation: SARIFArtifact
        let replacements: [Replacement]
    }

    struct Replacement: Encodable, Sendable {
        let deletedRegion: SARIFRegion
        let insertedContent: SARIFText
    }

    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: SARIFText
    let locations: [SARIFLocation]
    let relatedLocations: [SARIFLocation]?
    let fixes: [Fix]?
}

/// What `--fix` did about a diagnostic.
struct SARIFMended: Encodable, Sendable {
    let ruleId: String
    let message: SARIFText
    let location: SARIFLocation
    let fix: SARIFResult.Fix?
}

/// A place, with what to say of it where it is not the result's own.
struct SARIFLocation: Encodable, Sendable {
    struct Physical: Encodable, Sendable {
        let artifactLocation: SARIFArtifact
        let region: SARIFRegion
    }

    let id: Int?
    let message: SARIFText?
    let physicalLocation: Physical
}

/// A file.
struct SARIFArtifact: Encodable, Sendable {
    let uri: String
}

/// A stretch of a file: lines and columns from 1, offsets from 0; columns and characters are UTF-16 code units.
struct SARIFRegion: Encodable, Sendable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int
    let charOffset: Int
    let charLength: Int
    let byteOffset: Int
    let byteLength: Int
}
