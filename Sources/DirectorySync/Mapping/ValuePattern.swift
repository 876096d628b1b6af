import Foundation

/// A regular expression that a whole value matches, and what is made of its groups.
struct ValuePattern: Sendable {
    /// Why one can't be used.
    enum Mistake: Error, Hashable, Sendable {
        /// It isn't a regular expression.
        case malformed
        /// The template speaks of a group that the expression doesn't have.
        case noSuchGroup(Int)
    }

    /// The longest value that is looked at, in UTF-16 code units.
    static let longestValue = 1_024
    /// How often a search may go on after it was asked how it comes along, which is about every quarter of a millisecond.
    ///
    /// What the directory holds must not keep us busy for ever, whatever the expression is.
    private static let patience = 100

    /// The expression as it was written.
    let source: String
    private let expression: NSRegularExpression
    private let template: String

    init(_ pattern: String, template: String?) throws(Mistake) {
        // By itself first: a `)` of its own must not end the group around it.
        guard (try? NSRegularExpression(pattern: pattern)) != nil,
            let expression = try? NSRegularExpression(pattern: "(?:\(pattern))\\z")
        else { throw .malformed }
        let groups = expression.numberOfCaptureGroups
        self.template = template ?? (groups > 0 ? "$1" : "$0")
        for group in Self.groups(of: self.template) where group > groups {
            throw .noSuchGroup(group)
        }
        self.expression = expression
        source = pattern
    }

    /// What is made of a value; nil where it doesn't match, is too long, or can't be told in time.
    func applied(to value: String) -> String? {
        let range = NSRange(value.startIndex..., in: value)
        guard range.length <= Self.longestValue else { return nil }
        var result: String?
        var steps = 0
        unsafe expression.enumerateMatches(
            in: value, options: [.anchored, .reportProgress], range: range
        ) {
            match, _, stop in
            if let match {
                result = expression.replacementString(
                    for: match, in: value, offset: 0, template: template)
                unsafe stop.pointee = true
            } else {
                steps += 1
                if steps > Self.patience { unsafe stop.pointee = true }
            }
        }
        return result
    }

    /// The numbers after `$`, of which a template takes one digit as many as there are groups; `\` takes the next character
    /// as it is.
    private static func groups(of template: String) -> [Int] {
        var groups: [Int] = []
        var rest = template[...]
        while let character = rest.popFirst() {
            if character == "\\" { _ = rest.popFirst() }
            guard character == "$" else { continue }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            if let group = Int(digits) { groups.append(group) }
            rest = rest.dropFirst(digits.count)
        }
        return groups
    }
}
