/// A family or given name in its three scripts.
struct Name: Sendable {
    let kanji: String
    let kana: String
    let romaji: String

    /// Reads one name a line: kanji, kana, romaji.
    static func list(_ text: String) -> [Name] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ").map(String.init)
            precondition(parts.count == 3, "a name has three scripts: \(line)")
            return Name(kanji: parts[0], kana: parts[1], romaji: parts[2])
        }
    }

    /// The romaji as it stands at the head of a name: `Tanaka`.
    var capitalised: String {
        romaji.prefix(1).uppercased() + romaji.dropFirst()
    }
}

extension Name {
    /// Common family names, the commoner ones first.
    static let surnames = list(
        """
        佐藤 サトウ sato
        鈴木 スズキ suzuki
        高橋 タカハシ takahashi
        田中 タナカ tanaka
        伊藤 イトウ ito
        渡辺 ワタナベ watanabe
        山本 ヤマモト yamamoto
        中村 ナカムラ nakamura
        小林 コバヤシ kobayashi
        加藤 カトウ kato
        吉田 ヨシダ yoshida
        山田 ヤマダ yamada
        佐々木 ササキ sasaki
        山口 ヤマグチ yamaguchi
        松本 マツモト matsumoto
        井上 イノウエ inoue
        木村 キムラ kimura
        林 ハヤシ hayashi
        斎藤 サイトウ saito
        清水 シミズ shimizu
        山崎 ヤマザキ yamazaki
        森 モリ mori
        池田 イケダ ikeda
        橋本 ハシモト hashimoto
        阿部 アベ abe
        石川 イシカワ ishikawa
        山下 ヤマシタ yamashita
        中島 ナカジマ nakajima
        石井 イシイ ishii
        小川 オガワ ogawa
        前田 マエダ maeda
        岡田 オカダ okada
        長谷川 ハセガワ hasegawa
        藤田 フジタ fujita
        後藤 ゴトウ goto
        近藤 コンドウ kondo
        村上 ムラカミ murakami
        遠藤 エンドウ endo
        青木 アオキ aoki
        坂本 サカモト sakamoto
        福田 フクダ fukuda
        太田 オオタ ota
        西村 ニシムラ nishimura
        藤井 フジイ fujii
        金子 カネコ kaneko
        岡本 オカモト okamoto
        中野 ナカノ nakano
        原田 ハラダ harada
        小野 オノ ono
        田村 タムラ tamura
        竹内 タケウチ takeuchi
        中山 ナカヤマ nakayama
        和田 ワダ wada
        石田 イシダ ishida
        上田 ウエダ ueda
        森田 モリタ morita
        原 ハラ hara
        柴田 シバタ shibata
        酒井 サカイ sakai
        工藤 クドウ kudo
        横山 ヨコヤマ yokoyama
        宮崎 ミヤザキ miyazaki
        宮本 ミヤモト miyamoto
        内田 ウチダ uchida
        高木 タカギ takagi
        安藤 アンドウ ando
        谷口 タニグチ taniguchi
        大野 オオノ ohno
        丸山 マルヤマ maruyama
        今井 イマイ imai
        高田 タカダ takada
        藤本 フジモト fujimoto
        武田 タケダ takeda
        村田 ムラタ murata
        上野 ウエノ ueno
        杉山 スギヤマ sugiyama
        増田 マスダ masuda
        平野 ヒラノ hirano
        大塚 オオツカ otsuka
        千葉 チバ chiba
        久保 クボ kubo
        松井 マツイ matsui
        小島 コジマ kojima
        岩崎 イワサキ iwasaki
        桜井 サクライ sakurai
        野口 ノグチ noguchi
        松尾 マツオ matsuo
        野村 ノムラ nomura
        木下 キノシタ kinoshita
        菊地 キクチ kikuchi
        佐野 サノ sano
        大西 オオニシ onishi
        杉本 スギモト sugimoto
        新井 アライ arai
        浜田 ハマダ hamada
        市川 イチカワ ichikawa
        古川 フルカワ furukawa
        水野 ミズノ mizuno
        小松 コマツ komatsu
        島田 シマダ shimada
        """)
}
