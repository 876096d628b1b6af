import NeedToKnow

// Deciding, and what comes before: the workload that peers are measured by (docs/performance.md).
//
// Usage: Decisions [all]      `all` adds many rules and a million people, and takes minutes.

for size in [Workload.Size.w2, .w1] { try Measurement(of: Workload(size)).run() }
if CommandLine.arguments.dropFirst().first == "all" {
    for departments in [8, 2_000] {
        let workload = Workload(.departments(departments))
        try Measurement(of: workload, rulesPerDepartment: true).runDecisions()
    }
    try Measurement(of: Workload(.million)).runMillion()
}
