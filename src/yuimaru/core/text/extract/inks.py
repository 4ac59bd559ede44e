"""What a viewer of a slide can read: letters of a size, in a colour unlike their ground, on the slide itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from yuimaru.core.text.extract import unseen

_WHITE = (255, 255, 255)
_THEME_NAMES = {"bg1": "lt1", "bg2": "lt2", "tx1": "dk1", "tx2": "dk2"}
_DRAWN = ("pic", "graphicFrame")

Colour = tuple[int, int, int]


class Inks:
    """Judges the words of one slide."""

    def __init__(self, show: Any, slide: Any, flagged: Counter[str]) -> None:
        self._flagged = flagged
        self._width, self._height = show.slide_width or 0, show.slide_height or 0
        self._theme = _theme(slide)
        self._page = self._background(slide)
        self._shapes = list(slide.shapes)

    def has_place(self, shape: Any) -> bool:
        """Whether a shape stands on the slide; words beside it are counted and not read."""
        if shape.left is None or shape.width is None or not self._width or _in_group(shape):
            return True
        inside = bool(
            shape.left < self._width
            and shape.top < self._height
            and shape.left + shape.width > 0
            and shape.top + shape.height > 0
        )
        if not inside and shape.has_text_frame and shape.text_frame.text.strip():
            self._flagged["off_page"] += 1
        return inside

    def words(self, shape: Any) -> str:
        """The words of a shape that can be read, paragraph by paragraph."""
        return "\n".join(self.line(paragraph, shape) for paragraph in shape.text_frame.paragraphs)

    def line(self, paragraph: Any, shape: Any) -> str:
        """The words of a paragraph that can be read."""
        return self._line(paragraph, lambda: self._ground(shape))

    def cell_words(self, cell: Any, shape: Any) -> str:
        """The words of a table's cell; what a table's style paints behind them is not known."""
        filled = self._solid(cell._tc.tcPr)
        return "\n".join(self._line(each, lambda: filled) for each in cell.text_frame.paragraphs)

    def _line(self, paragraph: Any, ground: Any) -> str:
        text = ""
        for part in paragraph._p:
            if part.tag == qn("a:br"):
                text += "\n"
            elif part.tag in (qn("a:r"), qn("a:fld")):
                words = "".join(each.text or "" for each in part.iter(qn("a:t")))
                kind = self._concealing(part.find(qn("a:rPr")), ground) if words.strip() else None
                if kind is None:
                    text += words
                else:
                    self._flagged[kind] += 1
        return text.replace("\v", "\n")

    def _concealing(self, properties: Any, ground: Any) -> str | None:
        if properties is None:
            return None
        size = properties.get("sz", "")
        if size.isdecimal() and int(size) < unseen.SMALLEST * 100:
            return "tiny_text"
        if properties.find(qn("a:noFill")) is not None:
            return "hidden_text"
        ink = self._solid(properties)
        if ink is None:
            return None
        behind: Colour | None = ground()
        return "same_colour" if behind is not None and unseen.look_alike(ink, behind) else None

    def _ground(self, shape: Any) -> Colour | None:
        """What is behind a shape's words: its filling, else the slide; None where other things are drawn."""
        properties = shape._element.find(qn("p:spPr"))
        if properties is not None:
            if (filled := self._solid(properties)) is not None:
                return filled
            if any(
                properties.find(qn(f"a:{kind}")) is not None for kind in ("gradFill", "blipFill", "pattFill")
            ):
                return None
        if shape._element.find(qn("p:style")) is not None and (
            properties is None or properties.find(qn("a:noFill")) is None
        ):
            return None
        return None if self._stands_on_another(shape) else self._page

    def _stands_on_another(self, shape: Any) -> bool:
        if shape.left is None or _in_group(shape):
            return True
        for other in self._shapes:
            if other.shape_id == shape.shape_id:
                return False
            if other.left is None or other.width is None:
                continue
            apart = (
                other.left >= shape.left + shape.width
                or other.left + other.width <= shape.left
                or other.top >= shape.top + shape.height
                or other.top + other.height <= shape.top
            )
            if not apart and self._is_painted(other):
                return True
        return False

    def _is_painted(self, shape: Any) -> bool:
        kind = etree.QName(shape._element).localname
        if kind in _DRAWN or kind == "grpSp" or shape._element.find(qn("p:style")) is not None:
            return True
        properties = shape._element.find(qn("p:spPr"))
        fills = ("solidFill", "gradFill", "blipFill", "pattFill")
        return properties is not None and any(properties.find(qn(f"a:{fill}")) is not None for fill in fills)

    def _background(self, slide: Any) -> Colour | None:
        """The slide's ground, its layout's or its master's; None for a picture or a gradient."""
        for holder in (slide, slide.slide_layout, slide.slide_layout.slide_master):
            ground = holder._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
            if ground is None:
                continue
            if (properties := ground.find(qn("p:bgPr"))) is not None:
                return self._solid(properties)
            if (reference := ground.find(qn("p:bgRef"))) is not None:
                named = reference.find(qn("a:schemeClr"))
                # From 1001 on the theme's own fillings are meant, the first of which is one plain colour.
                plain = reference.get("idx") in ("0", "1001")
                return self._named(named.get("val")) if plain and named is not None else None
        return _WHITE

    def _solid(self, properties: Any) -> Colour | None:
        fill = properties.find(qn("a:solidFill")) if properties is not None else None
        if fill is None or len(fill) == 0:
            return None
        if fill[0].tag == qn("a:srgbClr"):
            return unseen.colour(fill[0].get("val", ""))
        if fill[0].tag == qn("a:schemeClr") and len(fill[0]) == 0:
            return self._named(fill[0].get("val"))
        return None

    def _named(self, name: str) -> Colour | None:
        return self._theme.get(_THEME_NAMES.get(name, name))


def _theme(slide: Any) -> dict[str, Colour]:
    master = slide.slide_layout.slide_master.part
    theme = next((each.target_part for each in master.rels.values() if each.reltype.endswith("/theme")), None)
    if theme is None:
        return {}
    scheme = etree.fromstring(theme.blob, etree.XMLParser(resolve_entities=False)).find(
        f".//{qn('a:clrScheme')}"
    )
    found: dict[str, Colour] = {}
    for entry in scheme if scheme is not None else ():
        told = entry[0].get("lastClr") or entry[0].get("val") or "" if len(entry) else ""
        if (parts := unseen.colour(told)) is not None:
            found[etree.QName(entry).localname] = parts
    return found


def _in_group(shape: Any) -> bool:
    return bool(shape._element.getparent().tag == qn("p:grpSp"))
