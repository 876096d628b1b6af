// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that whoever uses NeedToKnow builds no benchmark.

let package = Package(
    name: "NeedToKnowBenchmarks",
    dependencies: [
        .package(name: "NeedToKnow", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "PolicyChecking",
            dependencies: [
                .product(name: "NeedToKnow", package: "NeedToKnow"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/PolicyChecking",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        // Prints its own figures: blocks of decisions of some nanoseconds, which a harness around each would hide.
        .executableTarget(
            name: "Decisions",
            dependencies: [.product(name: "NeedToKnow", package: "NeedToKnow")],
            path: "Decisions"),
    ],
    swiftLanguageModes: [.v6]
)
