import Diagnostics
import Facts
import PolicyLanguage
import TestSupport
import Testing

/// Mistakes that must be said: a rule that is left out in silence protects nothing.
@Suite("A policy with a mistake is refused, and")
struct RefusalTests {
    static let preamble = """
        policy sample version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "aoba"
        scale tier { open < internal < secret }
        category core, security
        enumeration role { engineer, manager }
        check core-check { covers {security}  lasts 2 years }

        """

    /// The codes of all that is said of the declarations.
    func codes(_ text: String) -> [DiagnosticCode] {
        Fixtures.read(Self.preamble + text).diagnostics.map(\.code)
    }

    @Test(
        "`has` of what is no attribute is said, not passed over", arguments: ["foo", "5", "staff"])
    func hasNothing(operand: String) {
        let found = codes(
            """
            define staff = subject engaged
            forbid gone: any on resource when not has \(operand)
            """)
        #expect(found.count == 1)
    }

    @Test(
        "an event's effect that does not fit its kinds is said",
        arguments: [
            ("end person.posts at note", DiagnosticCode.valueDoesNotFit),
            ("begin leave for person { } until note", .valueDoesNotFit),
            ("begin clearance for person { } for lasts of person", .valueDoesNotFit),
            ("begin post for place { }", .valueDoesNotFit),
            ("begin membership for person { engagement = current person.posts }", .typesDiffer),
        ])
    func misfitEffect(effect: String, code: DiagnosticCode) {
        let found = codes(
            "event odd { person person  note text  place department\n  \(effect)\n}\n")
        #expect(found == [code])
    }

    @Test("a command or a relation that two declarations claim is said")
    func claimedTwice() {
        #expect(codes("event entered command \"join\" { person person }") == [.declaredTwice])
        let relations = codes("record seat of person as posts { role role }")
        #expect(relations.contains(.declaredTwice))
    }

    @Test("a moment of what has no hierarchy is said where it is declared")
    func momentWithoutHierarchy() {
        let found = codes(
            """
            record stay of department as stays { role role }
            entity site is department { moment left(role) of stays ended by transferred while stays }
            """)
        #expect(found == [.noHierarchy])
    }

    @Test("`may` in a circle is said of rules without names too")
    func circleWithoutNames() {
        let found = codes(
            """
            require print on document  only if subject may edit resource
            require edit on document   only if subject may print resource
            """)
        #expect(found == [.circularDefinition])
    }

    @Test(
        "what serves a purpose alone can't be read by another way",
        arguments: [
            "some a in subject.appeals where a.about.state = cleared",
            "some a in subject.appeals where a.about.in-force",
            "some a in subject.appeals where has a.about.state",
        ])
    func limitedByReference(condition: String) {
        let found = codes(
            """
            record appeal of person as appeals { about clearance }
            permit peek: view on document when \(condition)
            """)
        #expect(found == [.limitedRecordRead])
    }

    @Test("a moment can't read what serves a purpose alone")
    func limitedByMoment() {
        let found = codes(
            """
            record secret of department as secrets limited to checks { place department }
            entity site is department {
              moment lost(place) of secrets ended by transferred while secrets
            }
            """)
        #expect(found == [.limitedRecordRead])
    }

    @Test("sets inside sets count as nesting")
    func nestedSets() {
        let braces = String(repeating: "{", count: 100_000)
        #expect(codes("define deep = resource.projects = \(braces)") == [.nestedTooDeeply])
        #expect(
            codes("entity thing {\n  x set of text default \(braces)\n}").contains(.nestedTooDeeply)
        )
    }
}

@Suite("A policy means what it says:")
struct MeaningTests {
    @Test("a request can't bring what `resource` and `subject` are")
    func contextHidesNothing() throws {
        let result = Fixtures.read(
            RefusalTests.preamble + """
                context resource { tier tier }
                permit p: view on document(tier = open)
                """)
        let head = try #require(result.policy?.rules.first?.head)
        #expect(
            head.contains { clause in
                guard
                    case .compare(_, .attribute(.resource, name: "tier", kind: _), _) = clause
                        .condition
                else { return false }
                return true
            })
    }

    @Test("a person's records may be given in several statements of a scenario")
    func recordsInSeveralStatements() throws {
        let result = Fixtures.read(
            RefusalTests.preamble + """
                scenario "two posts" {
                  department cells
                  person tanaka post engineer in cells
                  person tanaka post manager in cells
                }
                """)
        let entries = try #require(result.policy?.scenarios.first?.entries)
        let posts = entries.compactMap { entry -> EntityID? in
            guard case .observation(let observation) = entry.content, observation.kind == "post"
            else { return nil }
            return observation.entity
        }
        #expect(posts.count == 2 && Set(posts).count == 2)
    }
}
