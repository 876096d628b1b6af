import Foundation
import LDAPClient
import SlapdSupport
import Testing

@Suite("Changing an entry")
struct ModifyTests {
    private let entries = """
        dn: cn=g,BASE
        objectClass: groupOfNames
        cn: g
        member: uid=a,BASE
        member: uid=b,BASE
        """

    /// What the server says to changes of the group, and who is in it then.
    private func members(
        after changes: (String) -> [LDAPModification],
        onlyIf assertion: (String) -> LDAPFilter? = { _ in nil }
    ) async throws -> (code: LDAPResultCode?, members: Set<String>) {
        let slapd = try Slapd()
        let base = try slapd.load(entries)
        let name = try DistinguishedName("cn=g,\(base)")
        let changes = changes(base)
        let assertion = assertion(base)
        return try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            var code: LDAPResultCode?
            do throws(LDAPError) {
                try connection.modify(name, changes, onlyIf: assertion)
            } catch {
                guard case .refused(let refused) = error.kind else { throw error }
                #expect(error.operation == .modify)
                code = refused
            }
            let entry = try connection.search(base: name.description, scope: .base).first
            return (
                code, Set(entry?.texts("member").map { $0.replacing("," + base, with: "") } ?? [])
            )
        }
    }

    @Test("adds, deletes and replaces values in one request")
    func changes() async throws {
        let both = try await members { base in
            [
                LDAPModification(.add, "member", ["uid=c,\(base)", "uid=田中,\(base)"]),
                LDAPModification(.delete, "member", ["uid=a,\(base)"]),
            ]
        }
        #expect(both.code == nil)
        #expect(both.members == ["uid=b", "uid=c", "uid=田中"])
        let replaced = try await members { [LDAPModification(.replace, "member", ["uid=z,\($0)"])] }
        #expect(replaced.members == ["uid=z"])
    }

    @Test("changes nothing where one of the changes can't be made")
    func wholeOrNot() async throws {
        let absent = try await members { base in
            [
                LDAPModification(.add, "member", ["uid=c,\(base)"]),
                LDAPModification(.delete, "member", ["uid=z,\(base)"]),
            ]
        }
        #expect(absent.code == .noSuchAttribute)
        #expect(absent.members == ["uid=a", "uid=b"])
        let present = try await members { [LDAPModification(.add, "member", ["UID=A, \($0)"])] }
        #expect(present.code == .attributeOrValueExists)
        let empty = try await members { base in
            [LDAPModification(.delete, "member", ["uid=a,\(base)", "uid=b,\(base)"])]
        }
        #expect(empty.code == .objectClassViolation)
        #expect(empty.members == ["uid=a", "uid=b"])
    }

    @Test("changes nothing where what was asserted no longer holds")
    func assertion() async throws {
        func change(_ base: String) -> [LDAPModification] {
            [LDAPModification(.delete, "member", ["uid=a,\(base)"])]
        }
        let holds = try await members(after: change) { base in
            .and([
                .equal("member", AssertionValue("uid=a,\(base)")),
                .not(.equal("member", AssertionValue("uid=(*)\\\\,\(base)"))),
            ])
        }
        #expect(holds.code == nil)
        #expect(holds.members == ["uid=b"])
        let fails = try await members(after: change) {
            .equal("member", AssertionValue("uid=z,\($0)"))
        }
        #expect(fails.code == .assertionFailed)
        #expect(fails.members == ["uid=a", "uid=b"])
    }

    @Test("says that it doesn't know what became of it when the connection drops")
    func dropped() async throws {
        let listener = try Listener.scripted([Answer.bound], thenCloses: true)
        let server = try LDAPServer(url: listener.url)
        let name = try DistinguishedName("cn=g,dc=x")
        let credential = LDAPCredential.simple(dn: "cn=a", password: LDAPSecret("b"))
        await #expect {
            try await withLDAPConnection(to: server, as: credential) { connection in
                try connection.modify(name, [LDAPModification(.add, "member", ["cn=a"])])
            }
        } throws: { error in
            (error as? LDAPError)?.kind == .connectionLost
                && "\(error)".contains("whether it was made is not known")
        }
    }
}
