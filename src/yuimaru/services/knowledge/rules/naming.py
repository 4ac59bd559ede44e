"""When two names mean the same law: 「手数料条例」 is what a town's own papers call 「青海市手数料条例」."""

from __future__ import annotations

import re

_OWN_KINDS = (
    "条例",
    "規則",
    "規程",
    "要綱",
    "要領",
)  # of the municipality itself; laws have one name for all
_BLANK = re.compile(r"\s+")


def law_name(title: str) -> str:
    """The name of a 例規 from the title of its document."""
    return _BLANK.sub("", title)[:200]


def is_same_law(one: str, other: str) -> bool:
    """Whether two names mean the same: equal, or of a 例規 the one without the name of its municipality."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    kind = next((kind for kind in _OWN_KINDS if shorter.endswith(kind)), "")
    return bool(kind) and shorter != kind and longer.endswith(shorter)
