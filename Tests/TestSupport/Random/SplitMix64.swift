/// A small generator of numbers that are the same for the same seed, on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64
    /// What the first numbers are, two bytes each.
    private var choices: ArraySlice<UInt8> = []

    /// Starts from a seed.
    public init(seed: UInt64) { state = seed }

    /// Takes the first numbers from bytes, so that whoever changes a byte changes one choice, and goes on by itself.
    public init(choices: [UInt8]) {
        state = 0
        self.choices = choices[...]
    }

    /// The next number.
    public mutating func next() -> UInt64 {
        if choices.count >= 2 {
            return UInt64(choices.removeFirst()) << 8 | UInt64(choices.removeFirst())
        }
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `bound`.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// True in `percent` of a hundred cases.
    public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of `choices`, which must not be empty.
    public mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[below(choices.count)]
    }

    /// Those of `choices` that a coin chose, at least `least` of them where there are as many.
    public mutating func some<Choice>(_ choices: [Choice], atLeast least: Int = 0) -> [Choice] {
        var rest = choices
        var chosen: [Choice] = []
        while !rest.isEmpty, chosen.count < least || chance(45) {
            chosen.append(rest.remove(at: below(rest.count)))
        }
        return chosen
    }
}
