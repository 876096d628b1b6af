import LDAPClient

/// Names of groups, as policies, plans and people write them.
package enum GroupName {
    /// The form that all spellings of a distinguished name share; of another name, the name itself.
    package static func key(_ name: String) -> String {
        (try? DistinguishedName(name))?.normalized ?? name
    }
}
