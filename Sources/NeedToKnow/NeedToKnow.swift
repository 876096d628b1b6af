// The face for whoever embeds NeedToKnow: everything a gateway needs, by one import.

@_exported public import DecisionEngine
@_exported public import Diagnostics
@_exported public import Facts
@_exported public import Lifecycle
@_exported public import PolicyCompiler
@_exported public import PolicyLanguage
@_exported public import PolicyProgram
