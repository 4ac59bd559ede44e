"""Which runs of a Word document a reader of the page sees: not hidden, not tiny, not in the colour of their ground."""

from __future__ import annotations

from functools import cache
from typing import Any

from docx.oxml.ns import qn

from yuimaru.core.text.extract import unseen

_WHITE = (255, 255, 255)
_FALSE = ("0", "false", "off", "none")
_HIGHLIGHTS = {
    "white": _WHITE,
    "black": (0, 0, 0),
    "yellow": (255, 255, 0),
    "green": (0, 255, 0),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "lightGray": (192, 192, 192),
    "darkGray": (128, 128, 128),
}

Colour = tuple[int, int, int]


class Runs:
    """Judges the runs of one document by their own properties, those of their styles, and what is behind them."""

    def __init__(self, document: Any) -> None:
        styles = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._defaults = [] if defaults is None else [defaults]
        page = document.element.find(qn("w:background"))
        self._page = unseen.colour(page.get(qn("w:color"), "")) if page is not None else None
        self._of_style = cache(self._chain)

    def hidden(self, run: Any) -> str | None:
        """The kind of `unseen.KINDS` that keeps a run out, None for one that is shown."""
        told = self._properties(run)
        vanish = _first(told, "w:vanish")
        if vanish is not None and vanish.get(qn("w:val")) not in _FALSE:
            return "hidden_text"
        size = _first(told, "w:sz")
        if size is not None and _number(size.get(qn("w:val"))) < unseen.SMALLEST * 2:  # in half points
            return "tiny_text"
        colour = _first(told, "w:color")
        inked = unseen.colour(colour.get(qn("w:val"), "")) if colour is not None else None
        if inked is not None and unseen.look_alike(inked, self._ground(run, told)):
            return "same_colour"
        return None

    def _properties(self, run: Any) -> list[Any]:
        """What is said of a run, the nearest first."""
        told: list[Any] = []
        for holder, own, style in ((run, "w:rPr", "w:rStyle"), (_above(run, "w:p"), "w:pPr", "w:pStyle")):
            properties = holder.find(qn(own)) if holder is not None else None
            if properties is None:
                continue
            if own == "w:rPr":
                told.append(properties)
            named = properties.find(qn(style))
            if named is not None:
                told.extend(self._of_style(named.get(qn("w:val"))))
        return told + self._defaults

    def _chain(self, name: str) -> tuple[Any, ...]:
        """The run properties of a style and of those it is based on."""
        found: list[Any] = []
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            if (properties := style.find(qn("w:rPr"))) is not None:
                found.append(properties)
            parent = style.find(qn("w:basedOn"))
            name = parent.get(qn("w:val")) if parent is not None else ""
        return tuple(found)

    def _ground(self, run: Any, told: list[Any]) -> Colour:
        """The colour behind a run: its marker, its shade, that of its paragraph, cell or page."""
        marker = _first(told, "w:highlight")
        if marker is not None and marker.get(qn("w:val")) in _HIGHLIGHTS:
            return _HIGHLIGHTS[marker.get(qn("w:val"))]
        shades = [_first(told, "w:shd")]
        for holder, properties in (("w:p", "w:pPr"), ("w:tc", "w:tcPr"), ("w:tbl", "w:tblPr")):
            above = _above(run, holder)
            shades.append(above.find(f"{qn(properties)}/{qn('w:shd')}") if above is not None else None)
        for shade in shades:
            filled = unseen.colour(shade.get(qn("w:fill"), "")) if shade is not None else None
            if filled is not None:
                return filled
        # A table's style may shade its cells, and a drawn frame may be filled: what cannot be told is no ground.
        if _above(run, "w:txbxContent") is not None or self._is_styled_cell(run):
            return (-255, -255, -255)
        return self._page or _WHITE

    def _is_styled_cell(self, run: Any) -> bool:
        table = _above(run, "w:tbl")
        named = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") if table is not None else None
        style = self._styles.get(named.get(qn("w:val"))) if named is not None else None
        return style is not None and style.find(f".//{qn('w:shd')}") is not None


def _first(told: list[Any], name: str) -> Any:
    return next((found for each in told if (found := each.find(qn(name))) is not None), None)


def _above(element: Any, name: str) -> Any:
    return next(element.iterancestors(qn(name)), None)


def _number(value: str | None) -> float:
    try:
        return float(value or "inf")
    except ValueError:
        return float("inf")
