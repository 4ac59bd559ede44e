"""What a workbook holds and does not show: comments, and cells whose style hides what they say."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any

from yuimaru.core.text.extract import unseen

_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\s")
_COMMENTS = re.compile(r"xl/(?:comments\d*|comments/[^/]+|threadedComments/[^/]+)\.xml", re.IGNORECASE)
_ALT = re.compile(rb"<xdr:cNvPr\s[^>]*\bdescr=[\"'][^\"']")
_WHITE = (255, 255, 255)
_NOTHING = re.compile(r";{2,3}@?")  # a number format that shows no figures


def beside(content: bytes) -> Counter[str]:
    """What a workbook holds beside its cells: comments, and words for those who cannot see a picture."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        for name in held.namelist():
            if _COMMENTS.fullmatch(name):
                found["comment"] += len(_COMMENT.findall(held.read(name)))
            elif name.startswith("xl/drawings/") and name.endswith(".xml"):
                found["alt_text"] += len(_ALT.findall(held.read(name)))
    return found


class Ink:
    """Judges cells by their style, each style once: the colour of the letters, their size, a format of nothing."""

    def __init__(self, flagged: Counter[str]) -> None:
        self._flagged = flagged
        self._known: dict[int, str | None] = {}

    def shows(self, cell: Any) -> bool:
        """Whether a reader of the sheet sees what the cell says; what is not seen is counted."""
        style = cell._style_id
        if style not in self._known:
            self._known[style] = _concealing(cell)
        kind = self._known[style]
        if kind is not None:
            self._flagged[kind] += 1
        return kind is None


def _concealing(cell: Any) -> str | None:
    """The kind of `unseen.KINDS` that a cell's style hides it by."""
    if _NOTHING.fullmatch(cell.number_format or ""):
        return "hidden_text"
    font, fill = cell.font, cell.fill
    if font.sz is not None and font.sz < unseen.SMALLEST:
        return "tiny_text"
    ink = _colour(font.color)
    ground = _colour(fill.fgColor) if fill is not None and fill.fill_type == "solid" else _WHITE
    if fill is not None and fill.fill_type not in (None, "solid"):
        return None
    return "same_colour" if ink and ground and unseen.look_alike(ink, ground) else None


def _colour(held: Any) -> tuple[int, int, int] | None:
    """A colour as its parts: given in digits, by the palette's white, or by the theme's (0 is the page)."""
    if held is None:
        return None
    if held.type == "rgb" and isinstance(held.rgb, str):
        return unseen.colour(held.rgb)
    if (held.type == "theme" and held.theme == 0 and not held.tint) or (
        held.type == "indexed" and held.indexed in (1, 9)
    ):
        return _WHITE
    return None
