/// A department; its level is 0 for a 本部, 1 for a 部, 2 for a 課 and 3 for a 班.
struct Department: Sendable {
    let id: String
    let name: String
    let level: Int
    /// From the top down to the department itself.
    let path: [String]

    /// Whether it is `department` or stands under it.
    func isBelow(_ department: String) -> Bool {
        path.contains(department)
    }
}

extension Department {
    /// Every department, a parent before its children.
    static let all: [Department] = {
        var path: [String] = []
        return tree.split(separator: "\n").map { line in
            let level = line.prefix { $0 == " " }.count / 2
            let parts = line.split(separator: " ").map(String.init)
            path = path.prefix(level) + [parts[0]]
            return Department(id: parts[0], name: parts[1], level: level, path: path)
        }
    }()

    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    static func named(_ id: String) -> Department {
        guard let department = byID[id] else { preconditionFailure("no department \(id)") }
        return department
    }

    private static let tree = """
        board 役員室
        audit 内部監査室
        corporate 管理本部
          hr 人事部
            education 人材育成課
          legal 法務部
          intellectual-property 知的財産部
          accounting 経理部
          information-systems 情報システム部
            information-security 情報セキュリティ課
          general-affairs 総務部
        research 研究開発本部
          battery 電池開発部
            cells セル設計課
              cell-structure 電極構造班
              cell-analysis 解析班
            electrolyte 電解液課
            evaluation 評価課
              cycle-test 寿命試験班
          materials 材料開発部
            cathode 正極材課
              cathode-synthesis 合成班
            anode 負極材課
            separator セパレータ課
          process 生産技術開発部
            coating 塗工技術課
        manufacturing 生産本部
          production 製造部
            mixing 混練課
            electrode-line 電極製造課
              electrode-line-1 第一塗工班
            assembly 組立課
          quality 品質保証部
            inspection 検査課
          purchasing 調達部
        business 事業本部
          sales 営業部
            domestic-sales 国内営業課
            overseas-sales 海外営業課
          planning 事業企画部
        """
}
