"""Residents who claim 児童手当, and how far each claim has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from yuimaru.demo.cast import MIDORINO, OUMI, TSUKIHAMA

State = Literal["new", "correction", "returned", "checked", "drafted", "accepted", "rejected", "overdue"]


@dataclass(frozen=True)
class Resident:
    """One application: who, for which children, sent how many days ago, and how far it has come."""

    town: str
    name: str
    kana: str
    address: str
    children: tuple[tuple[str, str, int], ...]  # name, kana, age in days at the time of sending
    sent_days_ago: int
    state: State
    first_child_is: int = 1
    mail: str = ""


RESIDENTS = (
    Resident(OUMI, "青葉 陽菜", "アオバ ヒナ", "汐見県青海市港町3-12-4 メゾン港201", (("青葉 湊", "アオバ ミナト", 12),), 0, "new", mail="hina@example.jp"),
    Resident(OUMI, "川西 亮", "カワニシ リョウ", "汐見県青海市東原88-2", (("川西 碧", "カワニシ アオ", 26),), 4, "returned", 3, "ryo@example.jp"),
    Resident(OUMI, "𠮷田 髙志", "ヨシダ タカシ", "汐見県青海市松原5-1", (("𠮷田 結", "ヨシダ ユイ", 20),), 6, "overdue"),
    Resident(OUMI, "渡邊 美咲", "ワタナベ ミサキ", "汐見県青海市西町2-8-1", (("渡邊 蒼", "ワタナベ ソウ", 9),), 3, "checked", mail="misaki@example.jp"),
    Resident(OUMI, "山城 優子", "ヤマシロ ユウコ", "汐見県青海市浜通り1-4", (("山城 陸", "ヤマシロ リク", 1500), ("山城 凪", "ヤマシロ ナギ", 14)), 12, "accepted", mail="yuko@example.jp"),
    Resident(MIDORINO, "森下 大地", "モリシタ ダイチ", "汐見県みどり野町川上3-12-4", (("森下 楓", "モリシタ カエデ", 8),), 1, "new", mail="daichi@example.jp"),
    Resident(MIDORINO, "長嶺 さくら", "ナガミネ サクラ", "汐見県みどり野町本町4-5", (("長嶺 翔", "ナガミネ ショウ", 15),), 3, "correction", mail="sakura@example.jp"),
    Resident(MIDORINO, "上原 健一", "ウエハラ ケンイチ", "汐見県みどり野町東原12", (("上原 杏", "ウエハラ アン", 700),), 8, "drafted", 2),
    Resident(MIDORINO, "中川 久美", "ナカガワ クミ", "汐見県みどり野町林5-6", (("中川 律", "ナカガワ リツ", 2400),), 13, "rejected", mail="kumi@example.jp"),
    Resident(TSUKIHAMA, "浜崎 海", "ハマサキ カイ", "汐見県月浜村字浜215", (("浜崎 渚", "ハマサキ ナギサ", 10),), 2, "new", mail="kai@example.jp"),
    Resident(TSUKIHAMA, "月野 明", "ツキノ アキラ", "汐見県月浜村字岬7", (("月野 灯", "ツキノ アカリ", 18),), 7, "checked"),
)  # fmt: skip


def answers(resident: Resident, *, sent_on: date) -> dict[str, Any]:
    """The filled-in 児童手当 認定請求 of one resident, as the form stores it."""
    children = [
        {
            "児童氏名": name,
            "児童フリガナ": kana,
            "生年月日": (sent_on - timedelta(days=days)).isoformat(),
            "続柄": "子",
            "同居": "同居",
            "監護": True,
            "生計": True,
            "何番目": resident.first_child_is + place,
        }
        for place, (name, kana, days) in enumerate(resident.children)
    ]
    youngest = min(days for _, _, days in resident.children)
    is_birth = youngest < 365
    event_on = sent_on - timedelta(days=youngest if is_birth else 10)
    given: dict[str, Any] = {
        "公務員": False,
        "受給中": False,
        "三歳未満": youngest < 3 * 365,
        "事由": "出生" if is_birth else "転入",
        "事由日": event_on.isoformat(),
        "氏名": resident.name,
        "フリガナ": resident.kana,
        "請求者生年月日": "1995-03-14",
        "住所": resident.address,
        "電話": "090-0000-0000",
        "職業": "会社員",
        "配偶者": "いない",
        "年長児の有無": False,
        "児童": children,
        "振込先": {
            "bank_code": "0001",
            "bank_name": "汐見信用金庫",
            "branch_code": "001",
            "branch_name": "本店",
            "kind": "普通",
            "number": "1204933",
            "holder": resident.kana,
        },
        "審査の同意": True,
    }
    if youngest < 3 * 365:
        given["加入年金"] = "厚生年金"
    if (sent_on - event_on).days > 14:
        given["やむを得ない理由"] = False
    if resident.mail:
        given["メール"] = resident.mail
    return given
