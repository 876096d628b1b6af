import NeedToKnow

// Deciding, and what comes before: the workload that peers are measured by (docs/performance.md).
//
// Usage: Decisions [all|million|huge|plans]
//        `all` adds many rules and a million people, and takes minutes; `million` is the latter alone; `huge` is a million
//        people and ten million documents, by themselves; `plans` is what events change, in a company of 100,000.

let what = CommandLine.arguments.dropFirst().first
if what == nil || what == "all" {
    for size in [Workload.Size.w2, .w1] { try Measurement(of: Workload(size)).run() }
}
if what == "all" {
    for departments in [8, 2_000] {
        let workload = Workload(.departments(departments))
        try Measurement(of: workload, rulesPerDepartment: true).runDecisions()
    }
}
if what == "all" || what == "million" {
    try Measurement(of: Workload(.million)).runMillion()
}
if what == "huge" { try Huge().run() }
if what == "plans" { try Plans().run() }
