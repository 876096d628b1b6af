import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

@Suite("What serves one purpose")
struct PurposeTests {
    private func codes(_ text: String) -> [DiagnosticCode] {
        Fixtures.read(Sample.text + text).diagnostics.map(\.code)
    }

    private static let visas = """
        purpose export-control covers {security}
        record visa of person as visas limited to export-control { country text }
        record trip of person as trips { visa visa }

        """

    @Test("reaches no lease, whose length would tell of it")
    func leases() {
        let extended = """
            extend entity resource { origin text  limited to screening }
            lease 5 minutes on document(origin = "abroad")

            """
        #expect(codes(extended) == [.purposeInObligation])
        #expect(codes(extended.replacing("  limited to screening", with: "")) == [])
    }

    @Test("reaches no obligation by way of a decision, however many lie between")
    func askedByObligations() {
        let rules = """
            permit read: view on document(category any {security}) when subject passed core-check
            permit change: edit on document when subject may view resource

            """
        #expect(codes(rules) == [])
        for asked in ["view", "edit"] {
            let oblige = "oblige flag on print of document when subject may \(asked) resource"
            #expect(codes(rules + oblige) == [.purposeInObligation], "\(asked)")
        }
    }

    @Test("is not told by whether there is a record of it")
    func references() {
        let peek = "record peek of person as peeks { c clearance }\n"
        #expect(
            codes(peek + "permit p: view on document when some x in subject.peeks where has x.c")
                == [.limitedRecordRead])
        for part in ["has t.visa", "t.visa.in-force", "since t.visa.since", "until t.visa.until"] {
            let condition = "some t in subject.trips where \(part)"
            #expect(
                codes(Self.visas + "permit p: view on document when \(condition)")
                    == [.checkReadOutsideItsPurpose], "\(part)")
            #expect(
                codes(
                    Self.visas
                        + "permit p: view on document(category any {security}) when \(condition)")
                    == [], "\(part)")
        }
    }

    @Test("may be a moment's, for rules that may read it")
    func moments() {
        let moment = """
            purpose export-control covers {security}
            record base of person as bases limited to export-control { department department }
            extend entity person { moment left-base(department) of bases ended by transferred while posts }

            """
        let condition = "when subject.left-base(resource.owner) within 14 days"
        #expect(
            codes(moment + "permit p: view on document \(condition)")
                == [.checkReadOutsideItsPurpose])
        #expect(
            codes(moment + "permit p: view on document(category any {security}) \(condition)")
                == [])
    }

    @Test("is not told by a hierarchy over it")
    func hierarchies() {
        let minders = """
            purpose export-control covers {security}
            extend entity person {
              minders set of person default {} limited to export-control
              hierarchy below by minders
            }

            """
        for condition in [
            "subject below person \"boss\"",
            "(some p in chain of subject where p = person \"boss\")",
        ] {
            #expect(
                codes(minders + "permit p: view on document when \(condition)")
                    == [.checkReadOutsideItsPurpose], "\(condition)")
            #expect(
                codes(
                    minders
                        + "permit p: view on document(category any {security}) when \(condition)")
                    == [], "\(condition)")
        }
    }

    @Test("may be asked of any class that keeps to what it covers, and of no other")
    func classes() {
        func rule(_ category: String) -> String {
            "permit p: view on document(\(category)) when subject passed core-check"
        }
        for category in [
            "category any {security}", "category all {security}", "category all {core, security}",
            "category = {security}", "category any {security}, category any {core}",
        ] {
            #expect(codes(rule(category)) == [], "\(category)")
        }
        for category in [
            "category any {core, security}", "category only {security}", "category all {}",
            "tier = secret",
        ] {
            #expect(codes(rule(category)) == [.checkReadOutsideItsPurpose], "\(category)")
        }
        // Something of {a, b} and something of {b, c} need not be a b.
        let two = """
            extend enumeration category { economic }
            permit p: view on document(category any {core, security}, category any {security, economic})
              when subject passed core-check
            """
        #expect(codes(two) == [.checkReadOutsideItsPurpose])
    }
}
