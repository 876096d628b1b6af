/// The measures of the guidance that an access policy can carry out, by the ids that rules cite.
///
/// The source is METI's 技術流出対策ガイダンス 第2版. An id is chapter.section.item, with the number of the 対応策
/// in parentheses: `3.1.8(4)` is 第3章 1.⑧ 対応策④.
package enum GuidanceMeasures {
    /// The ids, in the guidance's order.
    package static let ids = [
        "1.2.1", "1.2.2(3)", "1.2.4(2)", "1.2.4(3)", "2.1.1(2)", "2.2.2(1)", "2.2.2(2)",
        "2.2.3(1)", "2.2.4", "2.3.1(1)", "2.3.2", "2.3.3(2)", "2.3.3(3)", "2.3.3(4)", "2.4.1(2)",
        "2.5.1", "3.1.1", "3.1.2(2)", "3.1.3", "3.1.4", "3.1.5", "3.1.6", "3.1.8", "3.1.8(1)",
        "3.1.8(2)", "3.1.8(3)", "3.1.8(4)", "3.1.9(1)", "3.1.9(2)", "3.1.9(3)", "3.1.10", "3.1.11",
        "3.1.12", "3.1.13", "3.1.14", "3.1.15", "3.2.1", "3.3.2", "4.1.2", "4.1.6", "4.2.1",
        "4.2.4(1)", "4.2.4(2)", "4.2.7", "4.2.8", "4.2.9", "4.2.10", "4.3.3(1)", "4.3.4",
        "4.3.6(2)", "4.3.7", "4.4.2", "5.1.1", "5.1.2", "5.2.1", "5.3.1", "5.3.2(1)", "5.3.2(2)",
        "5.4.1", "5.4.2",
    ]

    /// Whether one id comes before another: by their numbers, then as text.
    static func areInOrder(_ left: String, _ right: String) -> Bool {
        let (first, second) = (numbers(left), numbers(right))
        return first == second ? left < right : first.lexicographicallyPrecedes(second)
    }

    private static func numbers(_ id: String) -> [Int] {
        id.split { !$0.isASCII || !$0.isNumber }.map { Int($0) ?? .max }
    }
}
