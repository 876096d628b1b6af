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
        .executableTarget(
            name: "Decisions",
            dependencies: [
                .product(name: "NeedToKnow", package: "NeedToKnow"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Decisions",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
