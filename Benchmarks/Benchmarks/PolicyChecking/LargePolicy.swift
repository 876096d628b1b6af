/// Writes policies of any size, of the kinds of rule that companies write.
enum LargePolicy {
    /// A policy of so many rules, with a definition to every five of them.
    static func text(rules count: Int) -> String {
        let definitions = max(1, count / 5)
        var text = """
            policy large version "1" zone "Asia/Tokyo"
            use standard
            define company = organisation "aoba"
            scale tier { open < internal < departmental < secret }
            category core, security, economic
            enumeration role { engineer, manager, director }
            check core-check { covers {security, economic}  consent required  lasts 2 years }
            table cap : risk -> tier { low: secret, medium: departmental, high: internal }

            """
        for index in 0..<definitions {
            text += definition(index)
        }
        for index in 0..<count {
            text += rule(index, using: index % definitions)
        }
        return text
    }

    private static func definition(_ index: Int) -> String {
        switch index % 4 {
        case 0:
            "define part\(index) = some p in subject.posts where p.department below department \"d\(index)\" and not p.acting\n"
        case 1:
            "define part\(index) = some m in subject.memberships where m.project in resource.projects and m.approved and m.engagement.in-force\n"
        case 2:
            "define part\(index) = some e in subject.engagements where e.in-force and e.host = company and e.kind in {employee, officer}\n"
        default:
            "define part\(index) = part\(index - 1) and not subject on-leave\n"
        }
    }

    private static func rule(_ index: Int, using definition: Int) -> String {
        switch index % 5 {
        case 0:
            "permit rule\(index): view, edit on document(tier = departmental, owner = department \"d\(index)\") when part\(definition)\n"
        case 1:
            "permit rule\(index): view on document(tier <= secret, projects any {p\(index)}) when part\(definition) and some p in subject.posts where p.role in {manager, director} and p.department = resource.owner\n  because ja \"課長以上\" en \"managers\" cites \"3.1.8\"\n"
        case 2:
            "require rule\(index): any on resource(category any {security}, owner = department \"d\(index)\") only if subject passed core-check and part\(definition)\n"
        case 3:
            "forbid rule\(index): print, share on document(tier > internal, owner = department \"d\(index)\") when subject on-notice and not part\(definition)\n"
        default:
            "permit rule\(index): view on document(tier <= departmental, owner = department \"d\(index)\")\n  when some a in subject.employer.agreements where a.in-force and resource in a.scope and resource.tier <= cap[subject.employer.risk]\n"
        }
    }
}
