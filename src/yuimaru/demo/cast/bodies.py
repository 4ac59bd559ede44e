"""The organisations of the demo world, with the sections that residents turn to."""

from __future__ import annotations

from dataclasses import dataclass

CONSORTIUM, OUMI, MIDORINO, TSUKIHAMA = "990001", "990019", "990027", "990035"
CENTRE, OUTSIDER = "7990001000001", "6990001000002"


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
    kana: str = ""
    own_closing_days: str = ""


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
                "本庁舎1階 7番窓口",
                "1st floor, counter 7",
            ),
            SectionFacts(
                "子育て支援課",
                "Childcare Support Division",
                "0599-40-0132",
                "本庁舎2階 5番窓口",
                "2nd floor, counter 5",
            ),
            SectionFacts(
                "環境課",
                "Environment Division",
                "0599-40-0145",
                "本庁舎3階 12番窓口",
                "3rd floor, counter 12",
            ),
            SectionFacts(
                "健康推進課",
                "Health Promotion Division",
                "0599-40-0200",
                "本庁舎2階 9番窓口",
                "2nd floor, counter 9",
            ),
            SectionFacts(
                "税務課", "Tax Division", "0599-40-0115", "本庁舎1階 9番窓口", "1st floor, counter 9"
            ),
            SectionFacts(
                "福祉課", "Welfare Division", "0599-40-0150", "本庁舎2階 3番窓口", "2nd floor, counter 3"
            ),
            SectionFacts(
                "上下水道課",
                "Water and Sewerage Division",
                "0599-40-0160",
                "本庁舎3階 13番窓口",
                "3rd floor, counter 13",
            ),
            SectionFacts(
                "危機管理課",
                "Crisis Management Division",
                "0599-40-0170",
                "本庁舎3階 16番窓口",
                "3rd floor, counter 16",
            ),
            SectionFacts(
                "教育委員会",
                "Board of Education",
                "0599-40-0180",
                "本庁舎3階 15番窓口",
                "3rd floor, counter 15",
            ),
            SectionFacts(
                "選挙管理委員会",
                "Election Administration Commission",
                "0599-40-0190",
                "本庁舎3階 17番窓口",
                "3rd floor, counter 17",
            ),
        ),
        theme="blue",
        population=182_000,
        postal_code="999-0401",
        address="汐見県青海市港町1-1",
        phone="0599-40-0000",
        kana="おうみし",
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
                "役場1階 5番窓口",
                "1st floor, counter 5",
            ),
            SectionFacts(
                "子ども課", "Children's Division", "0599-41-0132", "役場1階 3番窓口", "1st floor, counter 3"
            ),
            SectionFacts(
                "環境係（住民課）",
                "Environment Section",
                "0599-41-0145",
                "役場1階 6番窓口",
                "1st floor, counter 6",
            ),
            SectionFacts(
                "健康福祉課",
                "Health and Welfare Division",
                "0599-41-0200",
                "保健センター1階",
                "Health Centre, 1st floor",
            ),
            SectionFacts("税務課", "Tax Division", "0599-41-0115", "役場1階 2番窓口", "1st floor, counter 2"),
            SectionFacts(
                "建設水道課",
                "Works and Water Division",
                "0599-41-0160",
                "役場2階 8番窓口",
                "2nd floor, counter 8",
            ),
            SectionFacts(
                "教育委員会",
                "Board of Education",
                "0599-41-0180",
                "役場2階 10番窓口",
                "2nd floor, counter 10",
            ),
        ),
        theme="green",
        population=31_000,
        postal_code="999-0412",
        address="汐見県みどり野町本町1-1",
        phone="0599-41-0000",
        kana="みどりのちょう",
        own_closing_days="06-01 町制記念日",
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
        kana="つきはまむら",
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

NAMES = {body.code: body.name for body in BODIES}
