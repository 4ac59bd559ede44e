"""The kata of taxes, dogs, subsidies, rooms, events and enquiries: what each town has set by its own rules."""

from __future__ import annotations

from yuimaru.core.kata.models import Cell
from yuimaru.demo.cast.bodies import MIDORINO, OUMI, TSUKIHAMA

_OUMI_HEAD: dict[str, Cell] = {"審査請求先": "青海市長", "訴訟の被告": "青海市"}
_MIDORINO_HEAD: dict[str, Cell] = {"審査請求先": "みどり野町長", "訴訟の被告": "みどり野町"}

# Subjects of enquiries → the section that answers them; a small town has few sections, each for many subjects.
_MIDORINO_SECTIONS: dict[str, Cell] = {
    "住民票の課": "住民課",
    "税の課": "税務課",
    "保険年金の課": "保険係（住民課）",
    "子どもの課": "子ども課",
    "高齢の課": "健康福祉課",
    "福祉の課": "健康福祉課",
    "ごみの課": "環境係（住民課）",
    "健康の課": "健康福祉課",
    "水道の課": "建設水道課",
    "防災の課": "総合窓口",
    "そのほかの課": "総合窓口",
}
_TSUKIHAMA_SECTIONS: dict[str, Cell] = {
    **dict.fromkeys(
        ("住民票の課", "税の課", "保険年金の課", "子どもの課", "高齢の課", "福祉の課", "健康の課"),
        "住民福祉課",
    ),
    **dict.fromkeys(("ごみの課", "水道の課"), "産業環境課"),
    **dict.fromkeys(("学校の課", "防災の課", "そのほかの課"), "総務課"),
}

COMMUNITY: dict[str, dict[str, dict[str, Cell]]] = {
    "zei-shoumei": {
        OUMI: {
            "評価の基本件数": 1,
            "評価の加算": 300,
            "新年度の開始日": 10,
            "発送日数": 4,
            **_OUMI_HEAD,
        },
        MIDORINO: {
            "担当課": "住民課",
            "担当電話": "0599-41-0110",
            "受け取る窓口": "住民課（役場1階 1番窓口）",
            "所得系の手数料": 350,
            "納税の手数料": 350,
            "評価の手数料": 350,
            "払い方": "現金、QRコード決済",
            **_MIDORINO_HEAD,
        },
        TSUKIHAMA: {
            "担当課": "住民福祉課",
            "担当電話": "0599-42-0110",
            "受け取る窓口": "住民福祉課（役場1階 2番の机）",
            "所得系の手数料": 200,
            "納税の手数料": 200,
            "評価の手数料": 200,
            "評価の基本件数": 10,
            "新年度の開始日": 10,
            "払い方": "現金",
            "発送日数": 1,
            "審査請求先": "月浜村長",
            "訴訟の被告": "月浜村",
        },
    },
    "inu-touroku": {
        OUMI: {
            "集合注射の言い方": "毎年4月の第2・第3日曜日に、市内の公園と公民館で集合注射を行います。動物病院でも受けられます。"
        },
        MIDORINO: {
            "担当課": "環境係（住民課）",
            "担当電話": "0599-41-0145",
            "受け取る窓口": "環境係（役場1階 6番窓口）",
            "特例に参加": False,
            "集合注射の言い方": "毎年4月の第3土曜日と第4土曜日に、集合注射を行います。動物病院でも受けられます。",
        },
        TSUKIHAMA: {
            "担当課": "産業環境課",
            "担当電話": "0599-42-0145",
            "受け取る窓口": "産業環境課（役場2階）か、移動役場「しおかぜ号」",
            "払い方": "窓口か移動役場で、現金で払ってください。郵送のときは、納付書を送ります。",
            "集合注射の言い方": "毎年5月の第2日曜日と11月の第1日曜日に、村内で集合注射を行います。",
        },
    },
    "hojokin": {OUMI: _OUMI_HEAD},
    "shisetsu-yoyaku": {
        OUMI: _OUMI_HEAD,
        MIDORINO: {
            "担当課": "教育委員会",
            "担当電話": "0599-41-0180",
            "施設の名前": "みどり野町公民館",
            "ホールの額": 2000,
            "ホールの減額": 1000,
            "ホールの定員": 120,
            "会議室の額": 400,
            "会議室の減額": 200,
            "調理室の額": 600,
            "調理室の減額": 300,
            "体育室の額": 1000,
            "体育室の減額": 500,
            "営利を認める": False,
            **_MIDORINO_HEAD,
        },
    },
    "event-moushikomi": {OUMI: {}},
    "anketo": {
        OUMI: {},
        MIDORINO: {"担当課": "総合窓口", "担当電話": "0599-41-0100"},
    },
    "otoiawase": {
        OUMI: {},
        MIDORINO: {"担当課": "総合窓口", "担当電話": "0599-41-0100", **_MIDORINO_SECTIONS},
        TSUKIHAMA: {"担当課": "総務課", "担当電話": "0599-42-0100", **_TSUKIHAMA_SECTIONS},
    },
}
