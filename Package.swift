// swift-tools-version: 6.2

import PackageDescription

// The layers, lowest first. ARCHITECTURE.md says what each holds and which way imports may point;
// Tests/TidyTests reads the `import` lines and holds the same table.

let package = Package(
    name: "NeedToKnow",
    products: [
        .library(name: "NeedToKnow", targets: ["NeedToKnow"]),
        .executable(name: "ntk", targets: ["ntk"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        // Core: pure values and functions.
        .target(
            name: "Facts",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")]),
        .target(name: "Diagnostics"),
        .target(
            name: "PolicyLanguage", dependencies: ["Facts", "Diagnostics"],
            resources: [
                .embedInCode("Standard/standard.ntk"), .embedInCode("Unicode/confusables.txt"),
                .embedInCode("Unicode/decompositions.txt"), .embedInCode("Unicode/scripts.txt"),
            ]),
        .target(name: "PolicyProgram", dependencies: ["Facts"]),
        .target(name: "PolicyCompiler", dependencies: ["PolicyLanguage", "PolicyProgram"]),
        .target(
            name: "DecisionEngine",
            dependencies: [
                "PolicyProgram",
                .product(name: "HashTreeCollections", package: "swift-collections"),
            ]),
        .target(name: "Lifecycle", dependencies: ["DecisionEngine"]),
        .target(name: "Scenarios", dependencies: ["PolicyCompiler", "Lifecycle"]),
        .target(name: "NeedToKnow", dependencies: ["PolicyCompiler", "Lifecycle"]),

        // Shell: everything that touches the world.
        .target(
            name: "DiagnosticText", dependencies: ["NeedToKnow", "Scenarios"],
            resources: [.embedInCode("Codes/codes.md")]),
        .target(name: "SystemTime", dependencies: ["Facts"]),
        .target(
            name: "Artifacts",
            dependencies: ["NeedToKnow", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "Ledger",
            dependencies: [
                "NeedToKnow", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(name: "Feeds", dependencies: ["NeedToKnow", "SwiftCSV"]),
        .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap2-dev"])]),
        .target(name: "LDAPClient", dependencies: ["CLDAP"]),
        .target(name: "DirectorySync", dependencies: ["Facts", "LDAPClient", "Ledger"]),
        .target(name: "Enforcement", dependencies: ["NeedToKnow", "LDAPClient", "Ledger"]),
        .target(
            name: "Commands",
            dependencies: [
                "NeedToKnow", "Scenarios", "DiagnosticText", "SystemTime", "Artifacts", "Ledger",
                "Feeds", "LDAPClient", "DirectorySync", "Enforcement", "Yams",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "ntk", dependencies: ["Commands"]),

        // The example company: its generator, kept beside what it made.
        .target(name: "AobaExample", path: "examples/aoba/generator/AobaExample"),
        .executableTarget(
            name: "aoba-generate", dependencies: ["AobaExample"],
            path: "examples/aoba/generator/aoba-generate"),

        // What an embedder writes: a small gateway.
        .executableTarget(
            name: "example-gateway", dependencies: ["NeedToKnow"],
            path: "examples/gateway/Sources"),

        // Tests, and what they share.
        .target(
            name: "TestSupport", dependencies: ["PolicyLanguage", "DecisionEngine"],
            path: "Tests/TestSupport"),
        .testTarget(name: "FactsTests", dependencies: ["Facts", "TestSupport"]),
        .testTarget(
            name: "PolicyLanguageTests", dependencies: ["PolicyLanguage", "TestSupport"]),
        .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "TestSupport"]),
        .testTarget(
            name: "ComparisonTests", dependencies: ["PolicyCompiler", "Lifecycle", "TestSupport"]),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .testTarget(
            name: "DecisionEngineTests",
            dependencies: ["AllocationCounter", "DecisionEngine", "PolicyCompiler", "TestSupport"]),
        .testTarget(
            name: "LifecycleTests",
            dependencies: ["Lifecycle", "PolicyCompiler", "TestSupport"]),
        .testTarget(name: "NeedToKnowTests", dependencies: ["NeedToKnow"]),
        .testTarget(
            name: "DiagnosticTextTests", dependencies: ["DiagnosticText", "TestSupport"]),
        .testTarget(name: "SystemTimeTests", dependencies: ["SystemTime", "TestSupport"]),
        .testTarget(name: "ArtifactsTests", dependencies: ["Artifacts", "TestSupport"]),
        .testTarget(
            name: "LedgerTests",
            dependencies: [
                "Ledger", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(name: "FeedsTests", dependencies: ["Feeds", "TestSupport"]),
        .target(name: "SlapdSupport", dependencies: ["LDAPClient"], path: "Tests/SlapdSupport"),
        .testTarget(name: "LDAPClientTests", dependencies: ["LDAPClient", "SlapdSupport"]),
        .testTarget(
            name: "DirectorySyncTests",
            dependencies: [
                "DirectorySync", "Ledger", "PolicyLanguage", "SlapdSupport", "TestSupport", "Yams",
            ]),
        .testTarget(
            name: "EnforcementTests", dependencies: ["Enforcement", "SlapdSupport", "TestSupport"]),
        .testTarget(
            name: "CommandsTests", dependencies: ["ntk", "Ledger", "SlapdSupport", "TestSupport"]),
        .testTarget(name: "AobaExampleTests", dependencies: ["AobaExample"]),
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["PolicyCompiler", "PolicyLanguage", "Scenarios", "TestSupport"]),
        .testTarget(
            name: "ExampleGatewayTests", dependencies: ["example-gateway", "TestSupport"]),
        .testTarget(name: "TidyTests", dependencies: ["TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)

// Only scripts/fuzz sets this: the program has libFuzzer's `main`, which a plain build doesn't link.
if Context.environment["NTK_FUZZ"] != nil {
    package.targets += [
        .executableTarget(
            name: "fuzz-read", dependencies: ["PolicyCompiler", "PolicyLanguage", "PolicyProgram"],
            path: "Fuzz/Read"),
        .executableTarget(
            name: "fuzz-format", dependencies: ["PolicyLanguage", "TestSupport"],
            path: "Fuzz/Format"),
    ]
}

// Only scripts/sanitize and scripts/compare set this: the core and its own tests are enough for them, and build in a
// tenth of the time.
if Context.environment["NTK_CORE"] != nil {
    let core = [
        "Facts", "Diagnostics", "PolicyLanguage", "PolicyProgram", "PolicyCompiler",
        "DecisionEngine", "Lifecycle", "TestSupport", "AllocationCounter", "DecisionEngineTests",
        "ComparisonTests",
    ]
    package.products = []
    package.targets.removeAll { !core.contains($0.name) }
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
