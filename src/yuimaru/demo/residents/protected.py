"""A fictional person under 支援措置, what she asks for, and somebody who asks for her record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yuimaru.demo.cast import MIDORINO
from yuimaru.demo.residents.everyday import MAIL, RECORD, THIRD_PARTY, Errand, copy


@dataclass(frozen=True)
class Protected:
    """Who is protected, in which town, by which official, since how many days ago."""

    town: str
    login: str
    name: str
    kana: str
    born: date
    days_ago: int


PROTECTED = Protected(
    MIDORINO, "midorino-support", "識名 千夏", "シキナ チナツ", date(1991, 8, 5), days_ago=30
)

BY_MAIL = {
    name: given for name, given in (THIRD_PARTY | MAIL).items() if name not in ("来庁予定日", "載せる項目")
}

TOUCHING_HER = (
    Errand(MIDORINO, RECORD, 1, copy(PROTECTED.name, PROTECTED.kana, "汐見県みどり野町東原40-2", **MAIL, 請求者生年月日="1991-08-05", 電話="090-0000-0001", メール="chinatsu@example.jp")),
    Errand(MIDORINO, RECORD, 0, copy("識名 剛", "シキナ ツヨシ", "汐見県青海市北浜9-9", **{**BY_MAIL, "対象者氏名": PROTECTED.name, "対象者住所": "汐見県みどり野町"}, 利用の目的="家族として連絡を取る必要があります。", メール="tsuyoshi@example.jp")),
)  # fmt: skip
