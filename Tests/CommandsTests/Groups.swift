import Foundation
import SlapdSupport
import TestSupport

/// A small company whose policy keeps groups of a directory, both made for one test.
struct Groups {
    let ntk: NTK
    let slapd: Slapd
    /// The subtree that holds the test's people and groups.
    let base: String
    let count: Int

    /// What members of a project may see, in the words of the standard vocabulary.
    static let policy = """
        policy small version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "c"
        scale tier { open < secret }
        category core "core"
        enumeration role { member, manager }
        define member = some m in subject.memberships where m.project in resource.projects
        permit project: view on document(tier <= secret) when member

        """

    /// People `p1` … and groups `g1` …, each for the members of one project of the same number.
    ///
    /// The entitlements end with `clause`.
    init(people: Int, groups: Int, clause: String = "") async throws {
        ntk = try NTK()
        slapd = try Slapd()
        count = groups
        var entries = [Slapd.people(people)]
        for group in 1...groups {
            entries.append(
                "dn: cn=g\(group),BASE\nobjectClass: groupOfNames\ncn: g\(group)\nmember: cn=nobody,BASE"
            )
        }
        base = try slapd.load(entries.joined(separator: "\n\n"))
        try await record(people: people, groups: groups, clause: clause)
    }

    private func record(people: Int, groups: Int, clause: String) async throws {
        var policy = Self.policy
        for group in 1...groups {
            policy += """
                entitlement "cn=g\(group),\(base)"
                  holds who may view some document(projects any {project "x\(group)"}) \(clause)

                """
        }
        let lines = (1...groups).map { "document,d\($0),secret,x\($0)" }
        var events: [String] = []
        for person in 1...people {
            events.append(
                #"{"id":"j\#(person)","event":"joined","at":"2020-04-01","person":"p\#(person)","kind":"employee"}"#
            )
        }
        for group in 1...groups {
            events.append(
                #"{"id":"s\#(group)","event":"project-started","at":"2020-04-01","project":"x\#(group)","name":"X"}"#
            )
            for person in 1...people {
                events.append(
                    #"{"id":"m\#(person)-\#(group)","event":"member-added","at":"2020-04-01","person":"p\#(person)","project":"x\#(group)","approved":true,"consented":true}"#
                )
            }
        }
        let output = try await ntk.run(
            "import", "--policy", try ntk.file("small.ntk", policy), "--as-of", "2020-04-02",
            try ntk.file("events.jsonl", events.joined(separator: "\n") + "\n"),
            try ntk.file(
                "documents.csv",
                (["entity,id,tier,projects"] + lines).joined(separator: "\n") + "\n"))
        guard output.status == 0 else { throw SetupError(description: output.stderr) }
    }

    /// The options that name the directory.
    func options() throws -> [String] {
        let password = try ntk.file("password", slapd.password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        let mapping = try ntk.file(
            "mapping.yaml",
            """
            source: directory
            entities:
              - kind: person
                base: \(base)
                filter: (objectClass=inetOrgPerson)
                id: uid
            groups:
              placeholder: cn=nobody,\(base)

            """)
        return [
            "--server", slapd.url, "--bind-dn", slapd.admin, "--password-file", password,
            "--mapping", mapping,
        ]
    }
}
