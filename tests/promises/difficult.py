"""More than a thousand names that people bear and programs spoil, each different from all others."""

from __future__ import annotations

import unicodedata
from itertools import product

# Code points of ideographs that every normalisation replaces by another one: 神 U+FA19 becomes 神 U+795E.
_COMPATIBILITY = [
    chr(code)
    for code in (*range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E))
    if unicodedata.category(chr(code)) == "Lo"
]
_SELECTORS = ["\ufe00", "\U000e0100", "\U000e0101", "\U000e011f"]
_VARIANTS = ["辻", "葛", "邊", "邉", "渡", "斎", "齋", "祇", "芦", "榊", "逢", "𠮷"]
_PLAIN = [
    "𠮷田", "髙橋", "山﨑", "渡邊", "渡邉", "濵田", "德永", "神（神）", "㐂一", "彅", "凜", "𩸽", "𠀋𡈽𡌛", "丂", "〆木",
    "ヶ崎", "が", "か\u3099", "ハ\u309a", "ｶﾞｷﾞ ﾊﾟ", "ﾔﾏﾀﾞ　ﾀﾛｳ", "山田\u3000太郎", "山田 太郎 ", " 先頭", "\u3000全角の先頭",
    "１２３", "①②③", "㈱みどり", "㍻㋿", "Ⅳ世", "ﬁ", "İstanbul", "ß", "Å\u030a", "e\u0301", "é", "Ñ", "Nguyễn Thị",
    "Zażółć", "O'Brien", "D’Arcy", "ʻOkina", "Иванов", "Ιωάννης", "한글", "한글", "ไทย", "हिन्दी", "தமிழ்",
    "عبد الله", "שָׁלוֹם", "\u202bمحمد\u202c", "\u200fאב\u200e", "\u2067משה\u2069", "\u202eyarra", "۱۲۳",
    "👨‍👩‍👧‍👦", "👩🏽‍⚕️", "🇯🇵", "☺︎", "☺️", "1️⃣", "\u200b間", "a\u200db", "a\u2060b", "\ufeff印", "ソフト\u00adハイフン",
    "\ue000外字", "\U000f0000", "\uffee", "\u2028行", "\u2029段", "\u00a0空", "\u2003空", "\u180e", "�",
    "=1+1", "+81599400110", "-1", "@SUM(A1)", "'=1+1", "''=x", "'", "''", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1", "＠a",
    "|calc", "%0a=1", " =1", "\u3000=1", "\ufeff=1", "0123", "1-2", "1e5", "TRUE", "#REF!", "2026/4/1", "00:30",
    "_x0041_", "_x005F_x0041_", "_xD800_", "x_x000D_y", "_x", "NULL", "None", "nan", "\\u0000", "%00", "\\",
    "<b>太</b>", "&amp;", "&#65;", "\"引用\"", "a,b;c\tは別"[:5], "{{ 7*7 }}", "{% now %}", "${x}", "%(name)s", "«氏名»",
    "Robert'); DROP TABLE 住民;--", "../../etc", "髙" * 60,
]  # fmt: skip


def names() -> list[str]:
    """All of them, in a fixed order."""
    return [*_special(), *_COMPATIBILITY]


def joined_names(together: int = 12) -> list[str]:
    """The same letters in fewer strings: those that differ by one letter only stand together, all others alone."""
    groups = (_COMPATIBILITY[start : start + together] for start in range(0, len(_COMPATIBILITY), together))
    return [*_special(), *("、".join(group) for group in groups)]


def _special() -> list[str]:
    chosen = [base + selector for base, selector in product(_VARIANTS, _SELECTORS)]
    return list(dict.fromkeys([*_PLAIN, *chosen]))
