/// What a department has to handle, operate and enter.
struct Bench: Sendable {
    let owner: String
    let samples: [String]
    let equipment: [String]
    let rooms: [String]

    static let all: [Bench] = text.split(separator: "\n").map { line in
        let parts = line.split(separator: "|").map { part in
            part.split(separator: "、").map(String.init)
        }
        precondition(parts.count == 4, "a bench has four parts: \(line)")
        return Bench(owner: parts[0][0], samples: parts[1], equipment: parts[2], rooms: parts[3])
    }

    /// A name for one of its samples, machines or rooms.
    func name(_ entity: String, _ random: inout SplitMix64) -> String {
        switch entity {
        case "sample": Self.sample(random.pick(samples), &random)
        case "equipment": "\(random.pick(equipment)) \(random.number(in: 1...9))号機"
        default: Self.room(random.pick(rooms), &random)
        }
    }

    /// A name for something that only a project's members may know.
    static func secretName(
        _ entity: String, of subject: String, _ random: inout SplitMix64
    ) -> String {
        switch entity {
        case "sample": sample(subject, &random)
        case "equipment":
            "\(subject) \(random.pick(["試作機", "測定装置", "評価台"])) \(random.number(in: 1...4))号機"
        default: room("\(subject)試作室", &random)
        }
    }

    private static func sample(_ subject: String, _ random: inout SplitMix64) -> String {
        let kind = random.pick(["試料", "試作品", "保存品", "限度見本", "比較品"])
        return "\(subject) \(kind) \(random.number(in: 2023...2025))-\(random.number(in: 1...99))"
    }

    private static func room(_ name: String, _ random: inout SplitMix64) -> String {
        let building = random.pick(["第一実験棟", "第二実験棟", "分析棟", "製造棟"])
        return "\(building) \(random.number(in: 1...4))階 \(name)"
    }

    private static let text = """
        battery|円筒形電池、角形電池、ラミネート電池、電池パック|電池組立機、電池分解用箱、パック振動台|電池試作室、電池解体室
        cells|電極群、集電タブ、封口体、外装缶、ガス排出弁|三次元測定機、引張試験機、超音波溶接機、透過撮影装置|試作組立室、寸法測定室
        electrolyte|電解液、添加剤溶液、ゲル電解質|グローブボックス、水分計、粘度計、ガスクロマトグラフ|調液室、薬品保管室
        evaluation|充放電後の電池、高温保存後の電池、低温試験後の電極|充放電装置、恒温槽、交流抵抗測定器、釘刺し試験機|充放電試験室、安全性試験室、恒温室
        materials|正極活物質、導電助剤、結着剤、前駆体|電子顕微鏡、X線回折装置、粒度分布計、比表面積計|顕微鏡室、分析室
        cathode|三元系正極粉、リン酸鉄系正極粉、単結晶粒子、表面被覆粒子|管状焼成炉、箱形焼成炉、遊星ボールミル、共沈反応槽|焼成室、粉体調製室
        anode|天然黒鉛、人造黒鉛、酸化ケイ素粉、負極シート|卓上混練機、卓上塗工機、膜厚計|負極試作室、塗膜評価室
        separator|微多孔膜、耐熱塗布膜、不織布基材|透気度計、熱収縮測定器、突刺し試験機|膜評価室
        process|圧延電極、裁断電極、巻回体|巻回試作機、圧延試作機、注液試作機、レーザー裁断機|工程試作室、治具保管室
        coating|塗工液、両面塗工シート、間欠塗工シート|ダイ塗工試作機、乾燥炉、塗工液供給装置、膜厚計|塗工試作室、塗工液調製室
        production|量産正極シート、量産負極シート、量産電池|化成装置、搬送装置、包装機|中央監視室、製品保管室
        mixing|正極スラリー、負極スラリー、結着剤溶液|混練機、脱泡機、送液ポンプ|混練室、原料計量室
        electrode-line|正極原反、負極原反、裁断原反|塗工機、圧延機、裁断機、外観検査機|塗工室、圧延室
        assembly|溶接部、注液後電池、封口部|巻回機、溶接機、注液機、漏れ検査機|組立室、注液室
        quality|受入銅箔、出荷電池、顧客返却電池|寸法検査機、分光分析計、標準はかり|受入検査室、計量器管理室
        """
}
