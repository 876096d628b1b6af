import Facts

extension RawValue {
    /// A value as it is written on the command line: the members of a set with commas between them.
    init(argument text: String, as type: ValueType?) {
        guard case .set = type else {
            self = .text(text)
            return
        }
        self = .list(text.split(separator: ",").map { .text(String($0)) })
    }
}
