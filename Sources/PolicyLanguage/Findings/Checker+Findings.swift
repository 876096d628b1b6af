import Diagnostics
import Facts

/// Findings, less those that the policy accepts.
extension Checker {
    /// Adds what a policy without errors says that can't be meant, or probably isn't.
    mutating func addFindings(_ policy: CheckedPolicy) {
        let standard = PolicyReader.standardVocabulary
        var search = FindingSearch(
            policy: policy, written: written, declarations: declarations,
            standardSource: sources.firstIndex { $0.name == standard.name && $0 == standard })
        let findings = search.run() + nearDefinitions(policy)
        let sites = acceptanceSites()
        var used: Set<Place> = []
        for finding in findings {
            let accepted = finding.site.flatMap { site in
                sites[site]?.first { $0.code.text == finding.diagnostic.code.rawValue }
            }
            if let accepted {
                used.insert(accepted.code.place)
            } else {
                diagnostics.append(finding.diagnostic)
            }
        }
        for acceptance in sites.values.joined() where !used.contains(acceptance.code.place) {
            diagnostics.append(
                Diagnostic(
                    .acceptanceNotNeeded, [acceptance.code.text], at: acceptance.code.place,
                    severity: .note))
        }
    }

    /// Reports acceptances of what is no finding, or that don't say why.
    mutating func checkAcceptances() {
        for acceptance in acceptanceSites().values.joined() {
            let code = acceptance.code
            if DiagnosticCode(rawValue: code.text)?.mayBeAccepted != true {
                report(.cannotBeAccepted, [code.text], at: code.place)
            } else if acceptance.reason.allSatisfy(\.isWhitespace) {
                report(.acceptanceWithoutReason, [code.text], at: code.place)
            }
        }
    }

    /// Which findings are accepted, by the declaration that does.
    private func acceptanceSites() -> [Place: [Acceptance]] {
        var sites: [Place: [Acceptance]] = [:]
        func add(_ place: Place, _ acceptances: [Acceptance]) {
            if !acceptances.isEmpty { sites[place, default: []] += acceptances }
        }
        for declaration in declarations {
            switch declaration {
            case .rule(let rule): add(rule.place, rule.why.accepts)
            case .limit(let limit): add(limit.place, limit.why.accepts)
            case .upon(let upon): add(upon.place, upon.why.accepts)
            case .entitlement(let entitlement): add(entitlement.place, entitlement.why.accepts)
            case .enumeration(let syntax): add(syntax.name.place, syntax.accepts)
            case .check(let check): add(check.name.name.place, check.accepts)
            case .action(let action): add(action.kind.place, action.accepts)
            case .kind(let kind):
                for attribute in kind.attributes { add(attribute.name.place, attribute.accepts) }
            case .context(let context):
                for attribute in context.attributes { add(attribute.name.place, attribute.accepts) }
            default: continue
            }
        }
        return sites
    }

    // MARK: Near names

    /// Bare words that stand for an id, and are nearly the name of a definition that would fit.
    private func nearDefinitions(_ policy: CheckedPolicy) -> [Finding] {
        var fitting: [String: [String]] = [:]
        var findings: [Finding] = []
        let madeUp = entities(in: policy.scenarios)
        for word in written.bareIDs {
            let id = EntityID(kind: vocabulary.rootKind(of: word.kind), name: word.name.text)
            if madeUp.contains(id) { continue }
            let names = fitting[word.kind] ?? definitions(of: word.kind)
            fitting[word.kind] = names
            guard let name = Slip.definition(meantBy: word.name.text, among: names) else {
                continue
            }
            let note = Diagnostic.Note(.similarName, [name], at: homes[name])
            findings.append(
                Finding(
                    Diagnostic(
                        .nearlyADefinition, [word.name.text, name, word.kind], at: word.name.place,
                        severity: .warning, notes: [note]),
                    site: rulePlace(around: word.name.place)))
        }
        return findings
    }

    /// The definitions that stand for an entity comparable with one of a kind.
    private func definitions(of kind: String) -> [String] {
        definitionNames.filter { name in
            guard case .operand(_, let type)?? = checkedDefinitions[name] else { return false }
            return areComparable(type, .entity(kind))
        }
    }

    /// What scenarios speak of is known, and no slip.
    private func entities(in scenarios: [CheckedScenario]) -> Set<EntityID> {
        Set(
            scenarios.flatMap(\.entries).compactMap { entry in
                guard case .observation(let observation) = entry.content else { return nil }
                return observation.entity
            })
    }

    private func rulePlace(around place: Place) -> Place? {
        for declaration in declarations {
            let around: Place
            switch declaration {
            case .rule(let rule): around = rule.place
            case .limit(let limit): around = limit.place
            case .upon(let upon): around = upon.place
            case .entitlement(let entitlement): around = entitlement.place
            default: continue
            }
            if place.lies(in: around) { return around }
        }
        return nil
    }
}

/// Words that are nearly other words.
enum Slip {
    /// The definition that somebody probably meant by a word that names something else.
    ///
    /// Short words and those that differ in a number alone, `lab-1` and `lab-2`, are near each other without a slip.
    static func definition(meantBy word: String, among names: [String]) -> String? {
        if let same = names.first(where: { $0 != word && $0.lowercased() == word.lowercased() }) {
            return same
        }
        guard word.unicodeScalars.count >= 4 else { return nil }
        func withoutNumbers(_ text: String) -> String { text.filter { !$0.isNumber } }
        return Similarity.nearest(
            to: word, in: names.filter { withoutNumbers($0) != withoutNumbers(word) })
    }
}
