"""Which kata each town has adopted, with its own parameters, and what it lets the joint centre do and see."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.core.kata.models import Cell
from yuimaru.demo.cast.bodies import MIDORINO, OUMI, TSUKIHAMA


@dataclass(frozen=True)
class MandateFacts:
    """What a town lets the joint centre do and see in the formal check of one kata."""

    giver: str
    kata: str
    title: str
    number: str
    fields: tuple[str, ...]
    masked: tuple[str, ...]


# From wide to narrow: what the same centre may see of three towns' applications.
MANDATES = (
    MandateFacts(OUMI, "jidou-teate", "児童手当の形式審査", "令和8年度 委託第12号", ("*",), ()),
    MandateFacts(
        MIDORINO,
        "jidou-teate",
        "児童手当の形式審査",
        "令和8年度 委託第7号",
        (
            "公務員",
            "受給中",
            "三歳未満",
            "事由",
            "事由日",
            "氏名",
            "フリガナ",
            "住所",
            "児童",
            "振込先",
            "口座の写し",
        ),
        ("住所",),
    ),
    MandateFacts(
        TSUKIHAMA,
        "jidou-teate",
        "児童手当の形式審査",
        "令和8年度 委託第3号",
        ("公務員", "受給中", "事由", "事由日", "児童", "振込先"),
        ("振込先",),
    ),
    MandateFacts(
        MIDORINO,
        "juminhyo-seikyu",
        "住民票の写し（郵送の請求）の形式審査",
        "令和8年度 委託第9号",
        (
            "関係",
            "種類",
            "受取",
            "氏名",
            "フリガナ",
            "住所",
            "代理の種類",
            "代理の書類",
            "載せる人",
            "通数",
            "載せる項目",
            "提出先",
            "免除の理由",
            "送り先の確認",
        ),
        ("住所",),
    ),
)

# みどり野町 weighs what it collects, 100 yen for each 10 kg: the usual weight of each kind gives the estimate.
WEIGHED: dict[str, Cell] = {
    f"{kind}料金": yen
    for yen, kinds in {
        100: ("いす", "扇風機", "布団", "掃除機", "カーペット小", "ベビーカー"),
        200: ("自転車", "こたつ", "石油ストーブ", "電子レンジ", "カーペット大"),
        300: ("ソファ小", "マットレス"),
        400: ("ベッド", "学習机"),
        500: ("たんす",),
        600: ("ソファ大",),
    }.items()
    for kind in kinds
}

ADOPTED: dict[str, dict[str, dict[str, Cell]]] = {
    "jidou-teate": {
        OUMI: {
            "担当課": "子育て支援課",
            "担当電話": "0599-40-0132",
            "審査請求先": "汐見県知事",
            "係長の回議": True,
            "却下の決裁者": "部長",
        },
        MIDORINO: {
            "担当課": "子ども課",
            "担当電話": "0599-41-0132",
            "審査請求先": "汐見県知事",
            "補正期限日数": 10,
            "係長の回議": True,
            "却下の決裁者": "首長",
        },
        TSUKIHAMA: {
            "担当課": "住民福祉課",
            "担当電話": "0599-42-0110",
            "審査請求先": "汐見県知事",
            "補正期限日数": 21,
            "却下の決裁者": "首長",
            "支払月の言い方": "偶数月（2月・4月・6月・8月・10月・12月）の15日",
        },
    },
    "juminhyo-seikyu": {
        OUMI: {
            "担当課": "市民課",
            "担当電話": "0599-40-0110",
            "受け取る窓口": "市民課（本庁舎1階 2番窓口）",
            "写しの手数料": 300,
            "証明書の手数料": 300,
            "休日の交付": True,  # 第2・第4日曜日
            "発送日数": 3,
            "審査請求先": "青海市長",
            "訴訟の被告": "青海市",
        },
        MIDORINO: {
            "担当課": "住民課",
            "担当電話": "0599-41-0110",
            "受け取る窓口": "住民課（役場1階 1番窓口）",
            "写しの手数料": 350,
            "証明書の手数料": 350,
            "加算の言い方": "5枚を超えたとき、超えた1枚ごとに50円",
            "払い方": "現金、QRコード決済",
            "発送日数": 2,
            "審査請求先": "みどり野町長",
            "訴訟の被告": "みどり野町",
        },
        TSUKIHAMA: {
            "担当課": "住民福祉課",
            "担当電話": "0599-42-0110",
            "受け取る窓口": "住民福祉課（役場1階）",
            "写しの手数料": 200,
            "証明書の手数料": 200,
            "払い方": "現金",
            "発送日数": 1,
            "審査請求先": "月浜村長",
            "訴訟の被告": "月浜村",
        },
    },
    # 月浜村 collects no bulky waste at the door: people bring it, or ride along with it on the village bus.
    "sodaigomi-moushikomi": {
        OUMI: {"担当課": "環境課", "担当電話": "0599-40-0145"},
        MIDORINO: {
            "担当課": "環境係（住民課）",
            "担当電話": "0599-41-0145",
            "区域名": "みどり野町",
            "上限点数": 5,
            "区1の町名A": "みどり野町",
            "区1の町名B": "みどり野町",
            "区1の収集日": "毎月第3水曜日",
            "区2の町名A": "みどり野町",
            "区2の町名B": "みどり野町",
            "区2の収集日": "毎月第3水曜日",
            "出す場所": "家の前の道路から見えるところ",
            "出す時刻": "午前8時30分",
            "払い方": "収集の後に届く納付書で、収集の日から14日以内に払ってください",
            "重さの計算": True,
            "運搬料": 1000,
            "生活保護の免除": False,
            "運搬料の免除": True,
            **WEIGHED,
        },
    },
    "kansen-selfcheck": {OUMI: {}, MIDORINO: {}, TSUKIHAMA: {}},
}
