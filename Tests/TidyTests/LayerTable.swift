/// Which target may import what, as ARCHITECTURE.md has it.
///
/// A target may also import what those it names may: the table lists what is named, the test follows it.
enum LayerTable {
    /// For each target, the modules it names in the design's table.
    static let named: [String: [String]] = [
        "Facts": ["OrderedCollections"],
        "Diagnostics": [],
        "PolicyLanguage": ["Facts", "Diagnostics"],
        "PolicyProgram": ["Facts"],
        "PolicyCompiler": ["PolicyLanguage", "PolicyProgram"],
        "DecisionEngine": ["PolicyProgram", "HashTreeCollections"],
        "Lifecycle": ["DecisionEngine"],
        "Scenarios": ["PolicyCompiler", "Lifecycle"],
        "NeedToKnow": ["PolicyCompiler", "Lifecycle"],
        "DiagnosticText": core,
        "SystemTime": ["Facts"],
        "Artifacts": core + ["Crypto"],
        "Ledger": core + ["GRDB", "Crypto"],
        "Feeds": core + ["SwiftCSV"],
        "LDAPClient": ["CLDAP"],
        "DirectorySync": core + ["LDAPClient", "Ledger"],
        "Enforcement": core + ["LDAPClient", "Ledger"],
        "Commands": core + [
            "DiagnosticText", "SystemTime", "Artifacts", "Ledger", "Feeds", "LDAPClient",
            "DirectorySync", "Enforcement", "ArgumentParser", "Yams",
        ],
        "ntk": ["Commands"],
    ]

    /// The targets without any input or output.
    static let core = [
        "Facts", "Diagnostics", "PolicyLanguage", "PolicyProgram", "PolicyCompiler",
        "DecisionEngine", "Lifecycle", "Scenarios", "NeedToKnow",
    ]

    /// Modules of the system, which only the shell may use.
    static let system: Set<String> = ["Foundation", "Glibc", "Dispatch", "Synchronization"]

    /// What of the system single core targets may use: the engine asks for large pages, and marks what of a file it has
    /// looked at (docs/decisions).
    static let systemOfCore: [String: Set<String>] = [
        "DecisionEngine": ["Glibc", "Synchronization"]
    ]

    /// All that a target may import.
    static func allowed(for target: String) -> Set<String> {
        var allowed = core.contains(target) ? systemOfCore[target] ?? [] : system
        var open = named[target] ?? []
        while let next = open.popLast() {
            // What wraps a library keeps it to itself: whoever uses the ledger gets no SQL with it.
            if allowed.insert(next).inserted, core.contains(next) { open += named[next] ?? [] }
        }
        return allowed
    }
}
