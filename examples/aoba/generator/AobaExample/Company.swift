/// One file of the example: its name and all its text.
package struct GeneratedFile: Sendable {
    package let name: String
    package let text: String
}

/// The example company: 青葉電池材料, its people, what it keeps, and a year of its life.
package enum Company {
    /// The seed of the files that are kept beside the generator.
    package static let publishedSeed: UInt64 = 20_251_201

    /// Makes every file; the same seed makes the same bytes.
    package static func generate(seed: UInt64) -> [GeneratedFile] {
        // A stream for each subject, so that a change in one leaves the others as they were.
        var root = SplitMix64(seed: seed)
        var register = Register(random: SplitMix64(seed: root.next()))
        var staffing = SplitMix64(seed: root.next())
        let people = Staff.people(&register, &staffing)
        let resources = Stockroom(random: SplitMix64(seed: root.next())).resources
        var year = Year(
            people: people, resources: resources, register: register,
            random: SplitMix64(seed: root.next()))
        year.live()
        return [
            GeneratedFile(name: "people.ldif", text: Directory.text(people)),
            GeneratedFile(name: "organisations.csv", text: Organisation.table),
            GeneratedFile(name: "resources.csv", text: Resource.table(resources)),
            GeneratedFile(name: "events.jsonl", text: year.text),
        ]
    }
}
