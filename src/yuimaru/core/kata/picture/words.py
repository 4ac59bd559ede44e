"""What a picture says beside the words of its kata."""

from __future__ import annotations

_WORDS = {
    "ja": {
        "title": "{}の処理の流れ",
        "about": "工程は{}つです。同じ内容を表でも示しています。",
        "now": "いまここ",
        "join": "{}：そろったところ",
    },
    "en": {
        "title": "Workflow of: {}",
        "about": "It has {} steps. A table says the same.",
        "now": "Now here",
        "join": "{}: come together",
    },
}


def words(lang: str) -> dict[str, str]:
    """The words of a language; English where there are none."""
    return _WORDS.get(lang, _WORDS["en"])
