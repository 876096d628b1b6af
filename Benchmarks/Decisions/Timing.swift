/// How long something took, again and again.
struct Timing {
    /// How many calls are timed together, because reading the clock takes as long as a good decision.
    static let block = 64

    private(set) var nanoseconds: [Double] = []

    /// Times `call` for each of `inputs` in blocks, `rounds` times over.
    static func blocks<Input>(
        of inputs: [Input], rounds: Int, _ call: (borrowing Input) -> Void
    ) -> Timing {
        var timing = Timing()
        let clock = ContinuousClock()
        for _ in 0..<rounds {
            var start = 0
            while start + block <= inputs.count {
                let begin = clock.now
                for index in start..<start + block { call(inputs[index]) }
                timing.add(clock.now - begin, calls: block)
                start += block
            }
        }
        return timing
    }

    /// Times `call` by itself.
    static func single(rounds: Int, _ call: () -> Void) -> Timing {
        each(of: Array(0..<rounds)) { _ in call() }
    }

    /// Times `call` for each of `inputs` by itself.
    static func each<Input>(of inputs: [Input], _ call: (borrowing Input) -> Void) -> Timing {
        var timing = Timing()
        let clock = ContinuousClock()
        for index in inputs.indices {
            let begin = clock.now
            call(inputs[index])
            timing.add(clock.now - begin, calls: 1)
        }
        return timing
    }

    private mutating func add(_ duration: Duration, calls: Int) {
        let (seconds, attoseconds) = duration.components
        nanoseconds.append((Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(calls))
    }

    func percentile(_ percent: Double) -> Double {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(sorted.count - 1, Int(percent / 100 * Double(sorted.count)))]
    }

    var median: Double { percentile(50) }
}

/// Prints a figure: what, the median, and one in a hundred.
func report(_ what: String, _ timing: Timing) {
    print("\(what): median \(text(timing.median)), 99 of 100 within \(text(timing.percentile(99)))")
}

/// A duration as people read it.
func text(_ nanoseconds: Double) -> String {
    func rounded(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return number < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(number.rounded()))"
    }
    if nanoseconds < 1e4 { return "\(rounded(nanoseconds)) ns" }
    if nanoseconds < 1e7 { return "\(rounded(nanoseconds / 1e3)) µs" }
    return "\(rounded(nanoseconds / 1e6)) ms"
}
