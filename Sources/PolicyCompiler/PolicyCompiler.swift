public import PolicyLanguage
public import PolicyProgram

/// Turns a checked policy into a program.
public enum PolicyCompiler {
    /// The program of a checked policy.
    ///
    /// Never fails for what `PolicyReader` gives: it reports what an evaluation has no room for. The same
    /// policy always gives the same program.
    public static func compile(_ policy: CheckedPolicy) throws(ProgramFormatError) -> Program {
        var lowering = Lowering(policy)
        lowering.lower(policy)
        return try lowering.tables.verified()
    }
}
