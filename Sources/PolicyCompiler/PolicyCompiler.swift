public import PolicyLanguage
public import PolicyProgram

/// Turns a checked policy into a program.
public enum PolicyCompiler {
    /// The program of a checked policy.
    ///
    /// Fails only where the policy nests more quantifiers or conditions than an evaluation has room for.
    /// The same policy always gives the same program.
    public static func compile(_ policy: CheckedPolicy) throws(ProgramFormatError) -> Program {
        var lowering = Lowering(policy)
        lowering.lower(policy)
        return try lowering.tables.verified()
    }
}
