import Glibc

/// Mistakes on purpose, which a rig that works must find: `scripts/fuzz --canary`.
enum Canary {
    enum Mistake { case trap, recursion }

    /// What is planted; the target looks at nothing else then.
    static let planted: Mistake? = {
        guard let name = unsafe getenv("NTK_FUZZ_CANARY") else { return nil }
        return unsafe strcmp(name, "recursion") == 0 ? .recursion : .trap
    }()

    /// Crashes on what begins with `ntk!`, if a mistake is planted.
    ///
    /// One branch for each letter: to get through all four by chance takes billions of inputs, and a few
    /// thousand to a fuzzer that sees which inputs go further.
    static func look(at bytes: [UInt8]) {
        guard let planted, bytes.count > 3 else { return }
        guard bytes[0] == UInt8(ascii: "n") else { return }
        guard bytes[1] == UInt8(ascii: "t") else { return }
        guard bytes[2] == UInt8(ascii: "k") else { return }
        guard bytes[3] == UInt8(ascii: "!") else { return }
        switch planted {
        case .trap: preconditionFailure("the canary sings")
        case .recursion: _ = depth(of: bytes.count)
        }
    }

    private static func depth(of count: Int) -> Int {
        count == 0 ? 0 : depth(of: count + 1) + 1
    }

    /// Gives the handler of signals a stack of its own, so that an input that overflows the stack is kept.
    static func prepareForOverflow() {
        let size = 1 << 16
        var stack = unsafe stack_t()
        unsafe stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        unsafe stack.ss_size = size
        unsafe sigaltstack(&stack, nil)
    }
}
