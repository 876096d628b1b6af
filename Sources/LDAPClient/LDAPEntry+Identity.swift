extension LDAPEntry {
    /// The id that an attribute gives the entry, in normalization form C.
    ///
    /// That is its one value; of several, which a server gives in any order, the one in the entry's name. Nil where neither
    /// is there.
    package func identity(_ attribute: String) -> String? {
        let texts = texts(attribute)
        let text =
            texts.count == 1
            ? texts[0] : (try? DistinguishedName(dn))?.rdnValue(of: attribute)
        return text?.inNFC
    }
}
