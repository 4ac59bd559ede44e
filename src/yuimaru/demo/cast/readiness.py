"""The kata of crisis, staff and disclosure: what each town has set."""

from __future__ import annotations

from yuimaru.core.kata.models import Cell
from yuimaru.demo.cast.bodies import MIDORINO, OUMI, TSUKIHAMA


def _disclosure(section: str, phone: str, head: str, body: str) -> dict[str, Cell]:
    """What a town sets in both kata of disclosure."""
    return {"担当課": section, "担当電話": phone, "審査請求先": head, "訴訟の被告": body}


READINESS: dict[str, dict[str, dict[str, Cell]]] = {
    "anpi-kakunin": {
        OUMI: {"担当課": "危機管理課", "担当電話": "0599-40-0170"},
        MIDORINO: {"担当課": "総務課 防災係", "担当電話": "0599-41-0100"},
        TSUKIHAMA: {"担当課": "総務課", "担当電話": "0599-42-0100", "初動参集分": 120},
    },
    "hinanjo-uketsuke": {
        OUMI: {"担当課": "危機管理課", "担当電話": "0599-40-0170", "主な避難所": "青海市 中央体育館"},
        MIDORINO: {
            "担当課": "総務課 防災係",
            "担当電話": "0599-41-0100",
            "主な避難所": "みどり野小学校 体育館",
        },
        TSUKIHAMA: {
            "担当課": "総務課",
            "担当電話": "0599-42-0100",
            "主な避難所": "月浜村 公民館",
            "ペット受入": False,
        },
    },
    "higai-houkoku": {
        OUMI: {"担当課": "危機管理課", "担当電話": "0599-40-0170"},
        MIDORINO: {
            "担当課": "総務課 防災係",
            "担当電話": "0599-41-0100",
            "道路担当": "建設水道課",
            "水道担当": "建設水道課",
            "建物担当": "建設水道課",
            "施設担当": "教育委員会",
        },
        TSUKIHAMA: {
            "担当課": "総務課",
            "担当電話": "0599-42-0100",
            "道路担当": "産業環境課",
            "水道担当": "産業環境課",
            "建物担当": "産業環境課",
            "施設担当": "総務課",
        },
    },
    "telework": {
        OUMI: {"担当課": "総務課 人事係"},
        MIDORINO: {"担当課": "総務課 人事係", "担当電話": "0599-41-0100", "申請期限日数": 3},
    },
    "koubunsho-kaiji": {
        OUMI: {
            "条例名": "青海市情報公開条例",
            "決定日数": 14,
            **_disclosure("総務課 情報公開担当", "0599-40-0100", "青海市長", "青海市"),
        },
        MIDORINO: {
            "条例名": "みどり野町情報公開条例",
            "だれでも請求": False,
            **_disclosure("総務課", "0599-41-0100", "みどり野町長", "みどり野町"),
        },
    },
    "hoyuu-kojinjouhou-kaiji": {
        OUMI: _disclosure("総務課 情報公開担当", "0599-40-0100", "青海市長", "青海市"),
        MIDORINO: _disclosure("総務課", "0599-41-0100", "みどり野町長", "みどり野町"),
    },
    "soudan-kiroku": {OUMI: {"担当課": "福祉課", "担当電話": "0599-40-0150"}},
    "shoukai-kaitou": {OUMI: {"担当課": "総務課 文書係"}},
}
