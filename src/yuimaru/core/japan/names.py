"""Readings of names: checks, hints and search keys. Stored names themselves are never touched."""

from __future__ import annotations

import re
import unicodedata

_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc\u30fb \u3000]+")  # ァ–ヺ, long vowel, middle dot, spaces
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {0x309D: 0x30FD, 0x309E: 0x30FE}
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPACES = re.compile(r"\s+")


def is_katakana(text: str) -> bool:
    """Whether a reading is written in full-width katakana (long vowel, middle dot and spaces allowed)."""
    return bool(_KATAKANA.fullmatch(text)) and not text.isspace()


def to_katakana(text: str) -> str:
    """The text with hiragana and half-width kana as full-width katakana, for hints: 「あおば」→「アオバ」."""
    full = _HALF_WIDTH_KANA.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return full.translate(_TO_KATAKANA)


def search_key(text: str) -> str:
    """A folded form to find a name by: no variation selectors, spaces, case, width or kana script.

    It loses information on purpose and must never be shown or stored in place of the name.
    """
    plain = unicodedata.normalize("NFKC", _VARIATION_SELECTORS.sub("", text))
    return _SPACES.sub("", to_katakana(plain)).casefold()
