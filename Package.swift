// swift-tools-version: 6.2

import PackageDescription

// The layers, lowest first. ARCHITECTURE.md says what each holds and which way imports may point;
// Tests/TidyTests reads the `import` lines and holds the same table.

let package = Package(
    name: "NeedToKnow",
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        // Core: pure values and functions.
        .target(
            name: "Facts",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")]),
        .target(name: "Diagnostics"),
        .target(
            name: "PolicyLanguage", dependencies: ["Facts", "Diagnostics"],
            resources: [.embedInCode("Standard/standard.ntk")]),
        .target(name: "PolicyProgram", dependencies: ["Facts"]),
        .target(name: "PolicyCompiler", dependencies: ["PolicyLanguage", "PolicyProgram"]),
        .target(name: "DecisionEngine", dependencies: ["PolicyProgram"]),
        .target(name: "Lifecycle", dependencies: ["DecisionEngine"]),
        .target(name: "Scenarios", dependencies: ["PolicyCompiler", "Lifecycle"]),
        .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "TestSupport"]),
        .testTarget(
            name: "PolicyLanguageTests", dependencies: ["PolicyLanguage", "TestSupport"]),
        .target(
            name: "TestSupport", dependencies: ["PolicyLanguage"], path: "Tests/TestSupport"),

        // The example company: its generator, kept beside what it made.
        .target(name: "AobaExample", path: "examples/aoba/generator/AobaExample"),
        .executableTarget(
            name: "aoba-generate", dependencies: ["AobaExample"],
            path: "examples/aoba/generator/aoba-generate"),
        .testTarget(name: "AobaExampleTests", dependencies: ["AobaExample"]),
    ],
    swiftLanguageModes: [.v6]
)

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
