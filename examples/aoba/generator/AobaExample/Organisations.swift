/// The company itself or one it works with.
struct Organisation: Sendable {
    let id: String
    let name: String
    let kind: String
    let country: String
}

extension Organisation {
    static let all = [
        Organisation(id: "aoba", name: "青葉電池材料株式会社", kind: "own", country: "JP"),
        Organisation(
            id: "aoba-us", name: "Aoba Battery Materials America, Inc.", kind: "subsidiary",
            country: "US"),
        Organisation(
            id: "shiomi-chemical", name: "汐見化成品株式会社", kind: "supplier", country: "JP"),
        Organisation(
            id: "hokuho-machinery", name: "北峰塗工機械株式会社", kind: "supplier", country: "JP"),
        Organisation(id: "rakuto-university", name: "洛東工科大学", kind: "university", country: "JP"),
        Organisation(
            id: "hiiragi-staffing", name: "ひいらぎ人材サービス株式会社", kind: "agency", country: "JP"),
    ]

    static var table: String {
        var rows = [["entity", "id", "name", "kind", "country"]]
        for one in all {
            rows.append(["organisation", one.id, one.name, one.kind, one.country])
        }
        return CSV.text(rows)
    }
}
