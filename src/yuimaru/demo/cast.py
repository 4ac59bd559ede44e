"""Who lives in the demo world: organisations, sections, people and mandates, as plain facts. All fictional."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.core.kata.models import Cell
from yuimaru.foundation.tenancy.actors import Role

PASSWORD = "yuimaru-demo"  # noqa: S105 — the demo world's door stands open on purpose

CONSORTIUM, OUMI, MIDORINO, TSUKIHAMA = "990001", "990019", "990027", "990035"
CENTRE, OUTSIDER = "7990001000001", "6990001000002"

HOURS = "平日 午前8時30分〜午後5時15分"
HOURS_EN = "8:30–17:15, Monday to Friday"


@dataclass(frozen=True)
class SectionFacts:
    """A section and what residents need to reach it."""

    name: str
    name_en: str
    phone: str
    place: str = ""
    place_en: str = ""
    is_general: bool = False


@dataclass(frozen=True)
class Body:
    """An organisation of the demo world."""

    code: str
    kind: str
    name: str
    name_en: str
    sections: tuple[SectionFacts, ...]
    theme: str = "blue"
    population: int | None = None
    postal_code: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; `post` is held in `section` of `body`."""

    login: str
    name: str
    name_en: str
    body: str
    section: str
    post: str
    role: Role


@dataclass(frozen=True)
class MandateFacts:
    """What a town lets the joint centre do and see in 児童手当."""

    giver: str
    number: str
    fields: tuple[str, ...]
    masked: tuple[str, ...]


BODIES = (
    Body(
        CONSORTIUM,
        "consortium",
        "汐見県共同利用団体",
        "Shiomi Prefecture Shared Services",
        (SectionFacts("共同利用推進室", "Shared Services Office", "0599-40-0001", is_general=True),),
        address="汐見県青海市港町2-1",
        postal_code="999-0401",
        phone="0599-40-0001",
    ),
    Body(
        OUMI,
        "city",
        "青海市",
        "Oumi City",
        (
            SectionFacts(
                "総合案内",
                "Information Desk",
                "0599-40-0100",
                "本庁舎1階 正面",
                "1st floor, main entrance",
                True,
            ),
            SectionFacts(
                "市民課", "Residents Division", "0599-40-0110", "本庁舎1階 1番窓口", "1st floor, counter 1"
            ),
            SectionFacts(
                "保険年金課",
                "Insurance and Pension Division",
                "0599-40-0121",
                "本庁舎1階 4番窓口",
                "1st floor, counter 4",
            ),
            SectionFacts(
                "子育て支援課",
                "Childcare Support Division",
                "0599-40-0132",
                "本庁舎2階 12番窓口",
                "2nd floor, counter 12",
            ),
            SectionFacts(
                "環境課",
                "Environment Division",
                "0599-40-0145",
                "本庁舎3階 31番窓口",
                "3rd floor, counter 31",
            ),
            SectionFacts(
                "健康推進課",
                "Health Promotion Division",
                "0599-40-0200",
                "保健センター1階",
                "Health Centre, 1st floor",
            ),
        ),
        theme="blue",
        population=182_000,
        postal_code="999-0401",
        address="汐見県青海市港町1-1",
        phone="0599-40-0000",
    ),
    Body(
        MIDORINO,
        "town",
        "みどり野町",
        "Midorino Town",
        (
            SectionFacts(
                "総合窓口", "General Counter", "0599-41-0100", "役場1階", "Town hall, 1st floor", True
            ),
            SectionFacts(
                "住民課", "Residents Division", "0599-41-0110", "役場1階 1番窓口", "1st floor, counter 1"
            ),
            SectionFacts(
                "保険係（住民課）",
                "Insurance Section",
                "0599-41-0121",
                "役場1階 2番窓口",
                "1st floor, counter 2",
            ),
            SectionFacts(
                "子ども課", "Children's Division", "0599-41-0132", "役場1階 3番窓口", "1st floor, counter 3"
            ),
            SectionFacts(
                "環境係（住民課）",
                "Environment Section",
                "0599-41-0145",
                "役場1階 5番窓口",
                "1st floor, counter 5",
            ),
            SectionFacts(
                "健康福祉課",
                "Health and Welfare Division",
                "0599-41-0200",
                "保健福祉センター",
                "Health and Welfare Centre",
            ),
        ),
        theme="green",
        population=31_000,
        postal_code="999-0412",
        address="汐見県みどり野町本町1-1",
        phone="0599-41-0000",
    ),
    Body(
        TSUKIHAMA,
        "village",
        "月浜村",
        "Tsukihama Village",
        (
            SectionFacts(
                "総務課",
                "General Affairs Division",
                "0599-42-0100",
                "役場2階",
                "Village hall, 2nd floor",
                True,
            ),
            SectionFacts(
                "住民福祉課",
                "Residents and Welfare Division",
                "0599-42-0110",
                "役場1階",
                "Village hall, 1st floor",
            ),
            SectionFacts(
                "産業環境課",
                "Industry and Environment Division",
                "0599-42-0145",
                "役場2階",
                "Village hall, 2nd floor",
            ),
        ),
        theme="cyan",
        population=8_000,
        postal_code="999-0435",
        address="汐見県月浜村字浜100",
        phone="0599-42-0000",
    ),
    Body(
        CENTRE,
        "operator",
        "しおみ共同処理センター",
        "Shiomi Joint Processing Centre",
        (SectionFacts("子育て業務係", "Child Allowance Team", "0599-40-0900", is_general=True),),
    ),
    Body(
        OUTSIDER,
        "operator",
        "みなと事務サービス",
        "Minato Office Services",
        (SectionFacts("業務部", "Operations", "0599-40-0950", is_general=True),),
    ),
)

PEOPLE = (
    Person(
        "shiomi-admin",
        "安里 千尋",
        "Chihiro Asato",
        CONSORTIUM,
        "共同利用推進室",
        "共同利用推進室長",
        Role.CONSORTIUM_ADMIN,
    ),
    Person(
        "shiomi-platform",
        "比嘉 進",
        "Susumu Higa",
        CONSORTIUM,
        "共同利用推進室",
        "基盤運用担当",
        Role.PLATFORM_OPERATOR,
    ),
    Person("oumi-clerk", "浜田 聡", "Satoshi Hamada", OUMI, "子育て支援課", "手当係 主任", Role.CLERK),
    Person(
        "oumi-decider", "玉木 さゆり", "Sayuri Tamaki", OUMI, "子育て支援課", "子育て支援課長", Role.DECIDER
    ),
    Person("oumi-admin", "松尾 健", "Ken Matsuo", OUMI, "総合案内", "情報政策担当", Role.MUNICIPALITY_ADMIN),
    Person("oumi-auditor", "瑞慶山 弘", "Hiroshi Zukeyama", OUMI, "総合案内", "監査担当", Role.AUDITOR),
    Person("midorino-clerk", "与那嶺 葵", "Aoi Yonamine", MIDORINO, "子ども課", "手当係 主事", Role.CLERK),
    Person("midorino-decider", "知念 航", "Wataru Chinen", MIDORINO, "子ども課", "子ども課長", Role.DECIDER),
    Person(
        "midorino-admin",
        "宮平 直美",
        "Naomi Miyahira",
        MIDORINO,
        "総合窓口",
        "情報担当",
        Role.MUNICIPALITY_ADMIN,
    ),
    Person(
        "tsukihama-clerk",
        "金城 みのり",
        "Minori Kinjo",
        TSUKIHAMA,
        "住民福祉課",
        "住民福祉課 主事",
        Role.CLERK,
    ),
    Person(
        "tsukihama-decider",
        "島袋 誠",
        "Makoto Shimabukuro",
        TSUKIHAMA,
        "住民福祉課",
        "住民福祉課長",
        Role.DECIDER,
    ),
    Person(
        "tsukihama-admin",
        "仲宗根 悟",
        "Satoru Nakasone",
        TSUKIHAMA,
        "総務課",
        "総務課 係長",
        Role.MUNICIPALITY_ADMIN,
    ),
    Person(
        "centre-agent", "大城 真央", "Mao Oshiro", CENTRE, "子育て業務係", "処理担当", Role.OPERATOR_AGENT
    ),
    Person("centre-lead", "新垣 涼", "Ryo Arakaki", CENTRE, "子育て業務係", "業務責任者", Role.OPERATOR_LEAD),
    Person("minato-agent", "港 一郎", "Ichiro Minato", OUTSIDER, "業務部", "処理担当", Role.OPERATOR_AGENT),
)

NAMES = {body.code: body.name for body in BODIES}

# From wide to narrow: what the same centre may see of three towns' applications.
MANDATES = (
    MandateFacts(OUMI, "令和8年度 委託第12号", ("*",), ()),
    MandateFacts(
        MIDORINO,
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
        "令和8年度 委託第3号",
        ("公務員", "受給中", "事由", "事由日", "児童", "振込先"),
        ("振込先",),
    ),
)

ADOPTED: dict[str, dict[str, dict[str, Cell]]] = {
    "jidou-teate": {
        OUMI: {"担当課": "子育て支援課", "担当電話": "0599-40-0132", "審査請求先": "汐見県知事"},
        MIDORINO: {
            "担当課": "子ども課",
            "担当電話": "0599-41-0132",
            "審査請求先": "汐見県知事",
            "補正期限日数": 10,
        },
        TSUKIHAMA: {
            "担当課": "住民福祉課",
            "担当電話": "0599-42-0110",
            "審査請求先": "汐見県知事",
            "補正期限日数": 21,
            "支払月の言い方": "偶数月（2月・4月・6月・8月・10月・12月）の15日",
        },
    },
    "kansen-selfcheck": {OUMI: {}, MIDORINO: {}, TSUKIHAMA: {}},
}
