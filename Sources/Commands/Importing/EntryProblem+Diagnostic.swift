import DiagnosticText
import Diagnostics
import DirectorySync
import Facts
import LDAPClient
import PolicyLanguage

extension Diagnostic {
    /// What there is to say of an entry of an LDIF file, at its place.
    init(_ problem: EntryProblem, at place: Place) {
        switch problem.reason {
        case .unreadable(let problem):
            let (phrase, detail) = problem.reason.phrase
            self.init(.malformedLDIF, [phrase.rawValue, detail], at: place)
        case .malformedDN: self.init(.malformedDN, [problem.dn ?? ""], at: place)
        case .secondEntry: self.init(.entryTwice, [problem.dn ?? ""], at: place)
        case .noID(let attribute): self.init(.entryWithoutID, [attribute], at: place)
        case .severalIDs(let attribute): self.init(.entryWithSeveralIDs, [attribute], at: place)
        case .sharedID(let id), .idOfAnother(let id), .unclearReference(_, let id):
            self.init(.entryIDShared, [id.kind, id.name], at: place)
        case .notText(let attribute): self.init(.entryValueNotText, [attribute], at: place)
        case .severalValues(let attribute, let count):
            self.init(.entryHasSeveralValues, [attribute, String(count)], at: place)
        case .missing(let attribute): self.init(.entryLacksAttribute, [attribute], at: place)
        case .unfit(let problem, _): self.init(problem, at: place)
        case .noParentID: self.init(.entryParentWithoutID, at: place)
        case .noMatch(let attribute, let value), .notInTable(let attribute, let value),
            .notAName(let attribute, let value), .notATime(let attribute, let value),
            .notANumber(let attribute, let value):
            self.init(.entryValueUnreadable, [attribute, value], at: place)
        case .unknownName(let attribute, let name), .unclearName(let attribute, let name):
            self.init(.entryNameUnknown, [attribute, name], at: place)
        case .disagreement(let id): self.init(.entriesDisagree, [id.kind, id.name], at: place)
        case .nestedTooDeep(let most):
            self.init(.groupsNestedTooDeep, [String(most)], at: place)
        case .filterDisagrees(let filter): self.init(.entryFilterDisagrees, [filter], at: place)
        }
    }
}

extension LDIFProblem.Reason {
    /// The phrase for it, and what fills its gap.
    fileprivate var phrase: (LDIFPhrase, String) {
        switch self {
        case .noDN: (.noDN, "")
        case .secondDN: (.secondDN, "")
        case .noAttributes: (.noAttributes, "")
        case .badDN(let text): (.badDN, text)
        case .noColon: (.noColon, "")
        case .badAttribute(let name): (.badAttribute, name)
        case .badBase64: (.badBase64, "")
        case .urlValue: (.urlValue, "")
        case .include: (.include, "")
        case .changeRecord: (.changeRecord, "")
        case .unsafeStart(let character): (.unsafeStart, String(character))
        case .notText: (.notText, "")
        case .nul: (.nul, "")
        case .carriageReturn: (.carriageReturn, "")
        case .strayContinuation: (.strayContinuation, "")
        case .misplacedVersion: (.misplacedVersion, "")
        case .unknownVersion(let version): (.unknownVersion, version)
        case .tooLarge(let limit): (.tooLarge, String(limit))
        case .tooManyLines(let limit): (.tooManyLines, String(limit))
        }
    }
}
