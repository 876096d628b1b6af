/// Technical information or what holds it.
struct Resource: Sendable {
    let entity: String
    let id: String
    let name: String
    let tier: String
    var category: [String] = []
    let owner: String
    var projects: [String] = []
    let form: String
}

extension Resource {
    /// What the demonstration and the documentation call by name.
    static let cast = [
        Resource(
            entity: "document", id: "drawing-7", name: "円筒形電池 組立図 第7号",
            tier: "departmental", owner: "battery", form: "data"),
        Resource(
            entity: "document", id: "drawing-8", name: "円筒形電池 電極群設計図 第8号",
            tier: "departmental", category: ["core"], owner: "battery", form: "data"),
        Resource(
            entity: "document", id: "lithium-recipe", name: "高ニッケル正極 配合表 量産試作版",
            tier: "secret", category: ["core", "economic"], owner: "battery",
            projects: ["lithium"], form: "data"),
        Resource(
            entity: "document", id: "house-rules", name: "就業規則", tier: "internal", owner: "hr",
            form: "data"),
        Resource(
            entity: "document", id: "press-2026", name: "報道発表資料 2026年度事業方針", tier: "open",
            owner: "planning", form: "data"),
        Resource(
            entity: "sample", id: "cell-sample-1", name: "高容量セル 試作品 1号",
            tier: "departmental", category: ["core"], owner: "battery", projects: ["lithium"],
            form: "sample"),
        Resource(
            entity: "equipment", id: "coater-1", name: "ダイ塗工機 1号機", tier: "departmental",
            owner: "process", form: "equipment"),
        Resource(
            entity: "area", id: "dry-room", name: "第一実験棟 ドライルーム", tier: "departmental",
            owner: "battery", form: "area"),
    ]

    static func table(_ resources: [Resource]) -> String {
        var rows = [["entity", "id", "name", "tier", "category", "owner", "projects", "form"]]
        for one in resources {
            rows.append([
                one.entity, one.id, one.name, one.tier, one.category.joined(separator: ";"),
                one.owner, one.projects.joined(separator: ";"), one.form,
            ])
        }
        return CSV.text(rows)
    }
}
