"""What a file says without showing it: taken out of the text, and counted by kind so that somebody looks."""

import re
import unicodedata
from collections import Counter

# Kinds in the order they are reported, with the words of a report.
KINDS = {
    "zero_width": "幅のない文字",
    "tag_characters": "見えないタグ文字",
    "bidi": "文字の向きを変える制御文字",
    "comment": "コメント",
    "deleted_text": "変更履歴で削除された文字",
    "hidden_text": "非表示の文字",
    "same_colour": "背景と同じ色の文字",
    "tiny_text": "小さすぎて読めない文字",
    "off_page": "ページの外にある文字",
    "hidden_row": "非表示の行",
    "hidden_column": "非表示の列",
    "hidden_sheet": "非表示のシート",
    "hidden_slide": "非表示のスライド",
    "notes": "発表者のノート",
    "alt_text": "画像の代替テキスト",
}
SMALLEST = 3.0  # points; nobody reads smaller letters
NEAR = 24  # of 255 in each part of a colour; colours that differ less look the same

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINER = "\u200d"  # between the parts of one emoji it is no secret
_SUSPECT = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def shown(text: str, found: Counter[str]) -> str:
    """Give the text without signs that have no shape, counting them by kind; a name's letter variant stays."""
    if not _SUSPECT.search(text):
        return text
    kept: list[str] = []
    for place, sign in enumerate(text):
        kind = _kind(sign, text[place - 1] if place else "", text[place + 1 : place + 2])
        if kind is None:
            kept.append(sign)
        else:
            found[kind] += 1
    return "".join(kept)


def _kind(sign: str, before: str, after: str) -> str | None:
    if not _SUSPECT.match(sign):
        return None
    if sign in _BIDI:
        return "bidi"
    if "\U000e0000" <= sign <= "\U000e007f":
        return "tag_characters"
    if _is_variation(sign):
        # One selector chooses a letter's variant (髙, an emoji); a row of them carries a message.
        return None if before and _takes_variation(before) else "zero_width"
    if sign == _JOINER and _is_emoji(before) and _is_emoji(after):
        return None
    return "zero_width"


def _is_variation(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _takes_variation(sign: str) -> bool:
    return not _SUSPECT.match(sign) and unicodedata.category(sign) in ("Lo", "So", "Sm", "Nd", "Po")


def _is_emoji(sign: str) -> bool:
    return bool(sign) and (unicodedata.category(sign) in ("So", "Sk") or sign == "\ufe0f")


def look_alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether letters of one colour cannot be read on a ground of the other; parts are 0 to 255."""
    return all(abs(left - right) <= NEAR for left, right in zip(one, other, strict=True))


def colour(digits: str) -> tuple[int, int, int] | None:
    """Read RRGGBB or AARRGGBB in hexadecimal digits; None for anything else, such as `auto`."""
    if re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", digits) is None:
        return None
    return (int(digits[-6:-4], 16), int(digits[-4:-2], 16), int(digits[-2:], 16))
