"""The kata of which a town sets little more than who is in charge and where an appeal goes."""

from __future__ import annotations

from yuimaru.core.kata.models import Cell
from yuimaru.demo.cast.bodies import MIDORINO, OUMI, TSUKIHAMA
from yuimaru.demo.cast.community import COMMUNITY
from yuimaru.demo.cast.readiness import READINESS

RESIDENTS: dict[str, dict[str, Cell]] = {
    OUMI: {"担当課": "市民課", "担当電話": "0599-40-0110"},
    MIDORINO: {"担当課": "住民課", "担当電話": "0599-41-0110"},
    TSUKIHAMA: {"担当課": "住民福祉課", "担当電話": "0599-42-0110"},
}
CHILDREN: dict[str, dict[str, Cell]] = {
    OUMI: {"担当課": "子育て支援課", "担当電話": "0599-40-0132"},
    MIDORINO: {"担当課": "子ども課", "担当電話": "0599-41-0132"},
}
INSURANCE: dict[str, dict[str, Cell]] = {
    OUMI: {"担当課": "保険年金課", "担当電話": "0599-40-0121"},
    MIDORINO: {"担当課": "保険係（住民課）", "担当電話": "0599-41-0121"},
    TSUKIHAMA: RESIDENTS[TSUKIHAMA],
}
CARE: dict[str, dict[str, Cell]] = {
    OUMI: {"担当課": "健康推進課", "担当電話": "0599-40-0200"},
    MIDORINO: {"担当課": "健康福祉課", "担当電話": "0599-41-0200"},
}
DESKS: dict[str, dict[str, Cell]] = {
    OUMI: {"受け付ける窓口": "市民課（本庁舎1階 2番窓口）"},
    MIDORINO: {"受け付ける窓口": "住民課（役場1階 1番窓口）"},
    TSUKIHAMA: {"受け付ける窓口": "住民福祉課（役場1階）"},
}
# Who is appealed to and sued when the head of the town itself decides.
OWN_HEAD: dict[str, dict[str, Cell]] = {
    OUMI: {"審査請求先": "青海市長", "訴訟の被告": "青海市"},
    MIDORINO: {"審査請求先": "みどり野町長", "訴訟の被告": "みどり野町"},
}

Chosen = dict[str, dict[str, Cell]]


def _together(*parts: Chosen) -> Chosen:
    """What each town sets, of the towns that have a say in every part."""
    towns = [town for town in parts[0] if all(town in part for part in parts)]
    return {town: {name: cell for part in parts for name, cell in part[town].items()} for town in towns}


EVERYDAY: dict[str, Chosen] = {
    "tennyu-todoke": _together(RESIDENTS, DESKS),
    "tenkyo-todoke": _together(RESIDENTS, DESKS),
    "tenshutsu-todoke": RESIDENTS,
    "inkan-touroku": _together(RESIDENTS, DESKS, OWN_HEAD),
    "kokuho-todoke": INSURANCE,
    "hoikusho-moushikomi": _together(CHILDREN, OWN_HEAD),
    "youkaigo-nintei": _together(
        CARE,
        {
            OUMI: {"審査請求先": "汐見県介護保険審査会", "訴訟の被告": "青海市"},
            MIDORINO: {"審査請求先": "汐見県介護保険審査会", "訴訟の被告": "みどり野町"},
        },
    ),
    "okuyami": _together(
        RESIDENTS,
        {
            OUMI: {"窓口の場所": "市民課 おくやみ窓口（本庁舎1階 5番）"},
            MIDORINO: {"窓口の場所": "住民課（役場1階 1番窓口）"},
            TSUKIHAMA: {"窓口の場所": "住民福祉課（役場1階）"},
        },
    ),
    "risai-shoumei": {
        OUMI: {"担当課": "市民課", "担当電話": "0599-40-0110"},
        MIDORINO: {"担当課": "住民課", "担当電話": "0599-41-0110"},
        TSUKIHAMA: {"担当課": "総務課", "担当電話": "0599-42-0100", "発行日数": 14},
    },
    "soudan-meyasu": {
        OUMI: {"相談電話": "0599-40-0200"},
        MIDORINO: {"相談電話": "0599-41-0200"},
        TSUKIHAMA: {"相談電話": "0599-42-0110"},
    },
    **COMMUNITY,
    **READINESS,
}
