import ArgumentParser
import DirectorySync
import Enforcement
import Facts

/// Which directory's groups are kept, and how people are found there.
struct TargetOptions: ParsableArguments {
    @OptionGroup var directory: DirectoryOptions

    @Option(
        help: ArgumentHelp(
            "How people and groups are found in the directory, in YAML: the mapping that `ntk sync` takes.",
            valueName: "file"))
    var mapping: String?

    @Flag(
        help:
            "Take the clock's time, though the ledger was written later: somebody has set it right."
    )
    var trustClock = false

    /// The directory at a URL.
    func target(at url: String, vocabulary: Vocabulary) throws -> GroupTarget {
        guard let mapping else {
            throw CommandFailure(
                .usage, "--mapping says how people are found in the directory",
                "ディレクトリで人を見つける方法を --mapping で指定してください")
        }
        let checked = try MappingFiles.read(mapping, vocabulary: vocabulary)
        guard !checked.people.isEmpty else {
            throw CommandFailure(
                .badInput, "\(mapping) has no rule for people", "\(mapping) に人の規則がありません")
        }
        return GroupTarget(
            server: try directory.server(at: url), credential: try directory.credential(),
            people: checked.people.map {
                GroupTarget.PeopleRule(base: $0.base, filter: $0.filter, id: $0.id)
            },
            member: checked.groups.member, placeholder: checked.groups.placeholder,
            administrators: checked.groups.administrators)
    }
}

/// How much may change at once.
struct GuardOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Change groups for at most so many people.", valueName: "number"))
    var mostPeople = Guards().people

    @Option(
        help: ArgumentHelp(
            "Change groups for at most so many in a hundred of all people, when it is more than 5.",
            valueName: "number"))
    var mostPercent = Guards().percent

    @Flag(help: "However many they are: somebody has looked.")
    var yesMany = false

    var guards: Guards {
        var guards = Guards()
        guards.people = mostPeople
        guards.percent = mostPercent
        guards.isOverridden = yesMany
        return guards
    }

    func validate() throws {
        guard mostPeople >= 0, (0...100).contains(mostPercent) else {
            throw ValidationError(
                "--most-people takes a number from 0 on, --most-percent one from 0 to 100")
        }
    }
}
