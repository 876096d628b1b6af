import NeedToKnow

// Deciding, and what comes before: the workload that peers are measured by (docs/performance.md).

for size in [Workload.Size.w2, .w1] { try Measurement(of: Workload(size)).run() }
