/// A piece of work with a name, and what is written about it in secret.
struct Project: Sendable {
    let id: String
    let name: String
    /// Where its members come from; the first owns most of its secrets.
    let departments: [String]
    let subjects: [String]
    /// The first instant it is over, if it ends within the year.
    let end: Day?
}

extension Project {
    static let all = [
        Project(
            id: "lithium", name: "高ニッケル系リチウムイオン電池の開発",
            departments: ["battery", "cells", "electrolyte", "cathode"],
            subjects: ["高ニッケル正極", "高容量セル", "難燃性電解液", "ドープ元素", "注液後エージング"], end: nil),
        Project(
            id: "solid", name: "全固体電池の開発",
            departments: ["materials", "cathode", "separator", "cells"],
            subjects: ["硫化物固体電解質", "固体界面層", "加圧焼結", "固体電解質シート", "全固体積層セル"], end: nil),
        Project(
            id: "recycle", name: "使用済み電池からの正極材再生",
            departments: ["materials", "cathode", "process", "purchasing"],
            subjects: ["再生正極材", "湿式分離", "黒粉前処理", "浸出残渣", "再生材受入基準"], end: nil),
        Project(
            id: "kyoto", name: "電極界面解析の共同研究",
            departments: ["materials", "evaluation", "anode"],
            subjects: ["界面被膜解析", "放射光測定", "被膜成長モデル", "その場観察セル"], end: nil),
        Project(
            id: "dry-coat", name: "乾式電極塗工の量産化",
            departments: ["process", "coating", "electrode-line", "production"],
            subjects: ["乾式電極", "結着剤繊維化", "ロール圧延", "乾式塗工ヘッド", "膜厚制御"], end: nil),
        Project(
            id: "silicon", name: "シリコン負極の開発",
            departments: ["anode", "electrolyte", "evaluation"],
            subjects: ["シリコン複合負極", "膨張抑制層", "負極用結着剤", "プレドープ"], end: "2026-10-01"),
        Project(
            id: "sodium", name: "ナトリウムイオン電池の可能性検討",
            departments: ["materials", "cathode", "planning"],
            subjects: ["層状酸化物正極", "硬質炭素負極", "ナトリウム系電解液"], end: "2026-04-01"),
    ]

    static let start: Day = "2025-12-01"

    static let secretKinds = [
        "製造条件書", "配合表", "焼成条件書", "実験記録", "性能評価報告", "工程設計書", "原価試算表",
        "発明届出書案", "設計図", "不良解析報告", "顧客評価結果", "技術移管計画書",
    ]
}
