import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

/// A policy with nothing to find in it, to which tests add rules.
enum Sample {
    static let text = """
        policy sample version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "aoba"
        scale tier { open < internal < secret < sealed }
        category core, security
        enumeration role { engineer, manager }
        check core-check { covers {security}  lasts 2 years }
        context site { trusted boolean  visitors integer }
        define staff = some e in subject.engagements where e.in-force and e.host = company
        define unit  = some p in subject.posts where p.department below resource.owner
        permit archive:  discover on document when unit
        require cleared: discover on document(category any {security}) only if subject passed core-check
        forbid exported: share on document(category any {core})

        """

    /// What is found in the sample with these declarations besides: the codes, in reading order.
    static func findings(_ text: String) -> [DiagnosticCode] {
        let result = Fixtures.read(self.text + text, findings: true)
        return result.diagnostics.map(\.code)
    }
}

@Suite("Nothing is found in")
struct CleanPolicyTests {
    @Test("the sample of these tests, the standard vocabulary and Aoba's policy")
    func samples() throws {
        #expect(Sample.findings("") == [])
        #expect(try Fixtures.readAobaPolicy().diagnostics.map(\.code) == [])
    }

    @Test(
        "a permit that some request meets",
        arguments: [
            "site.trusted or not site.trusted",
            "resource.tier > open and resource.tier < secret",
            "site.visitors > 3 and site.visitors < 5",
            "has resource.owner and not has resource.form",
            "(some p in subject.posts where p.primary) and (some p in subject.posts where not p.primary)",
            "resource.category any {core} and resource.category any {security}",
            "resource.category only {core} and not (resource.category all {core})",
            "since 2026-04-01 and until 2026-04-01",
            "resource.tier = internal and (was (resource.tier = secret) on 2026-04-01)",
            "resource is document and not (resource is sample)",
            "some p in subject.posts where every q in subject.posts where q = p",
        ])
    func possible(condition: String) {
        #expect(Sample.findings("permit p: view on resource when unit and (\(condition))") == [])
    }

    @Test("what may be unknown and so stands in the way, though it can't be true")
    func unknownStandsInTheWay() {
        #expect(
            Sample.findings("forbid p: view on document when site.trusted and not site.trusted")
                == [])
        #expect(
            Sample.findings("oblige o: mark on view of document(tier < open) when site.trusted")
                == [])
    }

    @Test(
        "rules of which neither says what the other says",
        arguments: [
            "permit a: view on document(tier <= internal) when unit\npermit b: edit on document(tier <= internal) when unit",
            "permit a: view on document(tier = internal) when unit\npermit b: view on document(tier = open) when unit",
            // What is unknown is no reason, and stands in the way.
            "forbid a: view on document when site.trusted\nforbid b: view on document when not site.trusted",
            "permit a: view on document when unit and site.trusted\npermit b: view on document when unit and has resource.form",
            "permit a: view on document when unit\nforbid b: view on document when unit",
            "oblige a: mark on view of document\noblige b: log on view of document(tier = secret)",
            "forbid a: view on document(tier > open)\nrequire b: view on document only if site.trusted",
        ])
    func different(rules: String) {
        #expect(Sample.findings(rules) == [])
    }

    @Test(
        "a permit that ties who asks to what is asked for",
        arguments: [
            "unit", "subject may discover resource", "subject = resource.owner.keeper",
            "some m in subject.memberships where m.project in resource.projects",
            "subject.moved-from(resource.owner) within 14 days",
            "some p in resource.projects where some m in subject.memberships where m.project = p",
            "staff and not (resource.owner = department \"lab\") and (some p in subject.posts where p.department = lab)",
        ])
    func tied(condition: String) {
        #expect(
            Sample.findings(
                """
                extend entity department { keeper person }
                permit p: view on document(tier = sealed) when \(condition)
                """) == [])
    }

    @Test("a record that comes from outside, names its source, or has a default")
    func filledInOtherwise() {
        for record in [
            "record visit of person as visits { purpose text }",
            "record visit of person as visits { purpose text default \"\" }\n\(Self.visited)",
            "source gate \"入館システム\"\nrecord visit of person as visits { purpose text from gate }\n\(Self.visited)",
            "source gate \"入館システム\"\nrecord visit of person as visits from gate { purpose text }\n\(Self.visited)",
        ] {
            let rule =
                "permit p: view on document(tier = open) when some v in subject.visits where v.purpose = \"x\""
            #expect(Sample.findings("\(record)\n\(rule)") == [], "\(record)")
        }
    }

    static let visited = "event visited { person person  begin visit for person { } }"

    @Test("an id that is like a definition for a good reason")
    func goodIDs() {
        func rule(_ id: String) -> String {
            "permit p: view on document(tier = open) when some e in subject.engagements where e.host = \(id)"
        }
        for text in [
            rule("organisation \"compnay\""), rule("aoba"), rule("company"),
            rule("compnay") + "\nscenario \"s\" { organisation compnay }",
            "define lab-1 = organisation \"lab\"\n" + rule("lab-2"),
            "define laboratory = department \"d\"\n" + rule("laboratary"),
        ] {
            #expect(Sample.findings(text) == [], "\(text)")
        }
    }

    @Test("a vocabulary without rules")
    func vocabulary() {
        let text = """
            policy p version "1" zone "UTC"
            use standard
            define company = organisation "aoba"
            scale tier { open < secret }
            category core
            enumeration role { engineer }
            check idle { covers {} lasts 1 year }
            action shred on document
            """
        #expect(Fixtures.read(text, findings: true).diagnostics == [])
    }
}

@Suite("It is found that")
struct FoundTests {
    @Test(
        "a permit can never be a reason",
        arguments: [
            "false", "resource.tier > secret and resource.tier < sealed", "resource.tier in {}",
            "site.visitors > 3 and site.visitors <= 3", "site.trusted and not site.trusted",
            "not has site.visitors and site.visitors != 4", "resource.tier != resource.tier",
            "resource.name = \"a\" and resource.name in {\"b\", \"c\"}",
            "not has resource.owner and resource.owner.name = \"x\"",
            "resource.category any {core} and resource.category only {security}",
            "resource.category all {core} and not (core in resource.category)",
            "(some c in resource.category where c = core) and (no c in resource.category where c = core)",
            "(every p in subject.posts where p.primary) and (some p in subject.posts where not p.primary)",
            "(at least 2 p in subject.posts where p.acting) and not (some p in subject.posts where p.acting)",
            "(site.visitors = 1 or site.visitors = 2) and (site.visitors = 3 or site.visitors > 4)",
            "since 2026-04-02 and until 2026-03-31",
            "within 1 day after 2026-01-01 and since 2026-02-01",
            "(was (resource.tier = open) on 2026-04-01) and (was (resource.tier > open) on 2026-04-01)",
            "(resource.tier = open for at least 1 month) and resource.tier = secret",
            "subject may print resource", "unit and not unit",
            "some p in subject.posts where p.department = resource.owner and not has resource.owner",
        ])
    func impossible(condition: String) {
        let found = Sample.findings("permit p: view on document when unit and (\(condition))")
        #expect(found == [.permitNeverHolds])
    }

    @Test(
        "a permit is about a kind that its actions or its class exclude",
        arguments: [
            "resource is sample", "not (resource is document)", "resource is area and site.trusted",
        ])
    func impossibleKinds(condition: String) {
        let found = Sample.findings("permit p: view on resource when unit and \(condition)")
        #expect(found == [.permitNeverHolds])
    }

    @Test("a definition is seen through")
    func definitions() {
        let found = Sample.findings(
            """
            define guests  = site.visitors > 3
            define few     = not guests
            permit p: view on document when unit and guests and few
            """)
        #expect(found == [.permitNeverHolds])
    }

    @Test(
        "a rule has no effect on any request",
        arguments: [
            "forbid f: any on resource when false",
            "forbid f: view on resource when resource is sample",
            "forbid f: any on resource when subject on-leave and not subject on-leave",
            "oblige o: mark on view of document when not has resource and site.trusted",
            "require r: view on document when false only if site.trusted",
            "require r: view on document only if has resource",
        ])
    func withoutEffect(rule: String) {
        #expect(Sample.findings(rule) == [.ruleWithoutEffect])
    }

    @Test("a requirement denies whatever it is about")
    func denial() {
        #expect(
            Sample.findings(
                "require r: view on document(tier = secret) only if resource.tier = open")
                == [.requirementNeverMet])
    }

    @Test(
        "a rule adds nothing to another",
        arguments: [
            "permit a: view, edit on document(tier <= secret) when unit\npermit b: view on document(tier = internal) when unit",
            "permit a: view on resource when unit\npermit b: view on document(category any {core}) when unit",
            "permit a: view on document when unit or site.trusted and unit\npermit b: view on document when unit and has resource.form",
            "permit a: view on document(category any {core, security}) when unit\npermit b: view on document(category any {core}) when unit",
            "forbid a: any on resource(tier > open) when subject on-leave\nforbid b: view on document(tier = secret) when subject on-leave",
            "require a: view on document only if site.trusted\nforbid b: view on document when not site.trusted and subject abroad",
            "oblige a: mark, log on view of document\noblige b: log on view of document(tier = secret)",
            "permit a: view on document when some p in subject.posts where p.department = resource.owner\npermit b: view on document when some q in subject.posts where q.acting and q.department = resource.owner",
        ])
    func adding(rules: String) {
        let result = Fixtures.read(Sample.text + rules, findings: true)
        #expect(result.diagnostics.map(\.code) == [.shadowedRule])
        #expect(result.diagnostics.first?.arguments == ["b", "a"])
        #expect(result.diagnostics.first?.severity == .note && result.policy != nil)
        // The order in which they stand makes no difference.
        let turned = rules.split(separator: "\n").reversed().joined(separator: "\n")
        let other = Fixtures.read(Sample.text + turned, findings: true).diagnostics
        #expect(other.map(\.code) == [.shadowedRule] && other.first?.arguments == ["b", "a"])
    }

    @Test("a rule repeats another, by whatever name and with whatever variable")
    func repeating() {
        for rules in [
            "permit a: view on document when unit\npermit b: view on document when unit",
            "permit view on document when unit\npermit view on document when unit",
            "permit a: view on document when some p in subject.posts where p.department = resource.owner\n"
                + "permit b: view on document when some q in subject.posts where q.department = resource.owner",
            "forbid a: view on document cites \"3.1\"\nforbid b: view on document cites \"3.2\"",
        ] {
            #expect(Sample.findings(rules) == [.repeatedRule], "\(rules)")
        }
    }

    @Test(
        "a permit opens a high tier to people who have nothing to do with it",
        arguments: [
            "permit p: view on document(tier = secret) when staff",
            "permit p: view on document when staff and site.trusted",
            "permit p: view on document(tier = internal)",
            "permit p: view on document(tier = secret) when staff and resource.owner = department \"lab\"",
            "permit p: view on document(tier >= internal) when some m in subject.memberships where m.approved",
        ])
    func needToKnow(rule: String) {
        #expect(Sample.findings(rule) == [.noNeedToKnow])
    }

    @Test("a record's attribute is read, and nothing sets it")
    func nothingSets() {
        let rule =
            "permit p: view on document(tier = open) when some v in subject.visits where v.purpose = \"x\""
        let record = "record visit of person as visits { purpose text }"
        #expect(
            Sample.findings("\(record)\n\(CleanPolicyTests.visited)\n\(rule)")
                == [.attributeNothingSets])
        // Of the standard vocabulary: found where it is read.
        let notice =
            "permit p: view on document(tier = open) when some n in subject.notices where n.last-day = \"x\""
        #expect(Sample.findings(notice) == [.attributeNothingSets])
    }

    @Test("things are declared that no rule is about")
    func unused() {
        #expect(Sample.findings("check idle { covers {} lasts 1 year }") == [.checkCoversNothing])
        #expect(
            Sample.findings("check other { covers {security} lasts 1 year }") == [.checkNeverAsked])
        #expect(Sample.findings("action shred on document") == [.actionNeverGiven])
        let text = """
            policy p version "1" zone "UTC"
            use standard
            define company = organisation "aoba"
            scale tier { open < secret }
            category core
            enumeration role { engineer }
            permit p: view on document(tier = open)
            """
        #expect(
            Fixtures.read(text, findings: true).diagnostics.map(\.code)
                == [.tierNobodyReads, .categoryNeverMentioned])
    }

    @Test("nobody could hold an entitlement")
    func entitlements() {
        let rule =
            "permit p: print on document(tier = internal) when unit and device.kind = managed\n"
        #expect(
            Sample.findings(
                rule
                    + "entitlement \"g\" holds who may print some document(tier = secret) assuming device.kind = managed"
            )
                == [.entitlementForNobody])
        #expect(
            Sample.findings(
                rule
                    + "entitlement \"g\" holds who may print some document assuming device.kind = travel"
            )
                == [.entitlementForNobody])
        #expect(
            Sample.findings(
                rule
                    + "entitlement \"g\" holds who may print some document assuming device.kind = managed"
            )
                == [])
    }

    @Test("something always stands in the way of an entitlement")
    func entitlementsInTheWay() {
        let group = "entitlement \"g\" holds who may print every document(tier = internal)"
        let rule = "permit p: print on document(tier = internal) when unit\n"
        #expect(Sample.findings(rule + group) == [])
        #expect(
            Sample.findings(rule + "forbid f: any on document(tier >= internal)\n" + group)
                .contains(.entitlementForNobody))
        let managed =
            "require r: print on document(tier = internal) only if device.kind = managed\n"
        #expect(
            Sample.findings(rule + managed + group + " assuming device.kind = travel")
                .contains(.entitlementForNobody))
        #expect(
            !Sample.findings(rule + managed + group + " assuming device.kind = managed")
                .contains(.entitlementForNobody))
    }
}
