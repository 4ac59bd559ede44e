"""Which letters of a PDF's page a reader sees, as far as the page's own drawing tells."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

from yuimaru.core.text.extract import unseen

_LARGE = 6.0  # points; a filled path smaller than that is a line, not a ground
_SAME = 10  # of 255; a stretch of the picture that varies less shows no letter
_SCAN = 0.5  # share of the page that a picture covers when the page is one
_MOST_OBJECTS = 20_000
_COMMENTS = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_STAMP,
    }
)

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]  # left, bottom, right, top


class Sight:
    """Judges the letters of one page; each stretch of text is counted once."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, flagged: Counter[str]) -> None:
        self._page, self._text, self._flagged = page, text, flagged
        self._grounds, self._scanned = _painted(page)
        self._box: Box = page.get_bbox()
        self._counted: set[tuple[int, str]] = set()
        self._of_stretch: dict[int, tuple[int, Colour | None]] = {}
        self.read_by_machine = False
        flagged["comment"] += _comments(page)

    def shows(self, place: int, box: pdfium.FS_RECTF, size: float, stretch: int) -> bool:
        """Whether the letter at a place of the text is seen; `size` in points."""
        kind = self._concealing(place, box, size, stretch)
        if kind is None:
            return True
        if (stretch, kind) not in self._counted:
            self._counted.add((stretch, kind))
            self._flagged[kind] += 1
        return False

    def _concealing(self, place: int, box: pdfium.FS_RECTF, size: float, stretch: int) -> str | None:
        left, bottom, right, top = self._box
        if box.right < left or box.left > right or box.top < bottom or box.bottom > top:
            return "off_page"
        mode, ink = self._drawn(place, stretch)
        if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
            if self._scanned:  # the words that a copier has recognised lie unseen over its picture
                self.read_by_machine = True
                return None
            return "hidden_text"
        if size < unseen.SMALLEST:
            return "tiny_text"
        if ink is None:
            return "hidden_text"
        if any(unseen.look_alike(ink, ground) for ground in self._grounds) and self._is_blank(box):
            return "same_colour"
        return None

    def _drawn(self, place: int, stretch: int) -> tuple[int, Colour | None]:
        """How a stretch of text is drawn, and in which colour; None for one that lets everything through."""
        if stretch not in self._of_stretch:
            parts = [ctypes.c_uint() for _ in range(4)]
            told = pdfium.FPDFText_GetFillColor(self._text, place, *parts)
            red, green, blue, alpha = (part.value for part in parts)
            drawn = pdfium.FPDFText_GetTextObject(self._text, place)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
            ink = None if told and alpha < unseen.NEAR else (red, green, blue) if told else (0, 0, 0)
            self._of_stretch[stretch] = (mode, ink)
        return self._of_stretch[stretch]

    def _is_blank(self, box: pdfium.FS_RECTF) -> bool:
        """Whether the page, drawn as it is, shows one plain colour where the letter stands."""
        pixels, width, height, step, depth = self._picture
        left, _, _, top = self._box
        columns = range(max(0, int(box.left - left)), min(width, int(box.right - left) + 1))
        lines = range(max(0, int(top - box.top)), min(height, int(top - box.bottom) + 1))
        lowest, highest = [255] * 3, [0] * 3
        for line in lines:
            for column in columns:
                at = line * step + column * depth
                for part in range(3):
                    value = pixels[at + part]
                    lowest[part] = min(lowest[part], value)
                    highest[part] = max(highest[part], value)
        return all(high - low <= _SAME for low, high in zip(lowest, highest, strict=True))

    @cached_property
    def _picture(self) -> tuple[bytes, int, int, int, int]:
        bitmap = self._page.render(scale=1, may_draw_forms=False)
        return bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels


def _painted(page: pypdfium2.PdfPage) -> tuple[Sequence[Colour], bool]:
    """The colours of a page's grounds, white among them, and whether a picture covers most of it."""
    grounds: set[Colour] = {(255, 255, 255)}
    left, bottom, right, top = page.get_bbox()
    whole = (right - left) * (top - bottom)
    scanned = False
    for number, drawn in enumerate(page.get_objects(max_depth=4)):
        if number > _MOST_OBJECTS:
            break
        if drawn.type not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        try:
            one, low, other, high = drawn.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            scanned = scanned or (other - one) * (high - low) > _SCAN * whole
        elif other - one >= _LARGE and high - low >= _LARGE:
            grounds.update(_filling(drawn))
    return tuple(grounds), scanned


def _filling(path: pypdfium2.PdfObject) -> list[Colour]:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))
    parts = [ctypes.c_uint() for _ in range(4)]
    if not mode.value or not pdfium.FPDFPageObj_GetFillColor(path, *parts):
        return []
    red, green, blue, _ = (part.value for part in parts)
    return [(red, green, blue)]


def _comments(page: pypdfium2.PdfPage) -> int:
    found = 0
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_OBJECTS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if annotation:
            found += pdfium.FPDFAnnot_GetSubtype(annotation) in _COMMENTS
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found
