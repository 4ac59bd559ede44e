"""PowerPoint slides (PPTX): one page each, with title, bullets and tables; notes and hidden slides stay out."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from yuimaru.core.text.extract import package
from yuimaru.core.text.extract.inks import Inks
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_COMMENT = re.compile(rb"<(?:\w+:)?(?:cm|comment)\s")
_DEEPEST = 20  # groups within groups
_MOST_SLIDES = 2_000
_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
_FURNITURE = frozenset(
    {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
)
_BULLETED = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})


def read(content: bytes, name: str) -> Extracted:
    """Read slides; the title is that of the first slide, the declared one or the name. Raises Refusal."""
    package.check(content)
    try:
        slides = Presentation(io.BytesIO(content))
        many = len(slides.slides)
    except (PythonPptxError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise package.damage(error) from error
    if many > _MOST_SLIDES:
        raise Refusal("too_large")
    written = Writing()
    written.flagged["comment"] += _comments(content)
    for number, slide in enumerate(slides.slides, start=1):
        written.flagged["notes"] += _has_notes(slide)
        if slide._element.get("show") in ("0", "false"):
            written.left_out += 1
            written.flagged["hidden_slide"] += 1
            continue
        _slide(written, slide, number, Inks(slides, slide, written.flagged))
    title = written.first_heading or slides.core_properties.title or name
    return written.finish(title, MEDIA_TYPE)


def _comments(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return sum(
            len(_COMMENT.findall(held.read(name)))
            for name in held.namelist()
            if name.startswith("ppt/comments/") and name.endswith(".xml")
        )


def _has_notes(slide: Any) -> bool:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return frame is not None and bool(frame.text.strip())


def _slide(written: Writing, slide: Any, number: int, inks: Inks) -> None:
    shapes = [shape for shape in _shapes(slide.shapes, written.flagged) if inks.has_place(shape)]
    titles = [(shape, inks.words(shape)) for shape in shapes if _kind(shape) in _TITLES]
    title, named = next(((shape, words) for shape, words in titles if words.strip()), (None, ""))
    if title is not None:
        written.heading(1, named, page=number)
    else:
        written.close_headings()
    for shape in shapes:
        if shape is title or _kind(shape) in _FURNITURE:
            continue
        if getattr(shape, "has_table", False) and shape.has_table:
            written.table(_rows(shape, inks), page=number)
        elif shape.has_text_frame:
            _text(written, shape, number, inks)


def _shapes(shapes: Any, flagged: Counter[str], depth: int = 0) -> Iterator[Any]:
    """All shapes that are shown, those in groups too, in their order on the slide."""
    for shape in shapes:
        flagged["alt_text"] += len(shape._element.xpath("*/p:cNvPr[string(@descr)]"))
        if shape._element.xpath("*/p:cNvPr[@hidden='1' or @hidden='true']"):
            flagged["hidden_text"] += bool(shape._element.xpath(".//a:t[string(.)]"))
            continue
        if hasattr(shape, "shapes"):
            if depth < _DEEPEST:
                yield from _shapes(shape.shapes, flagged, depth + 1)
        else:
            yield shape


def _kind(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _text(written: Writing, shape: Any, number: int, inks: Inks) -> None:
    is_list = _kind(shape) in _BULLETED
    count = 0
    for paragraph in shape.text_frame.paragraphs:
        text = inks.line(paragraph, shape)
        numbered, bulleted = _marks(paragraph, is_list)
        count = count + 1 if numbered and text.strip() else 0
        if numbered or bulleted:
            mark = f"{count}. " if numbered else "・"
            written.list_item(text, mark=mark, depth=paragraph.level, page=number)
        else:
            written.paragraph(text, page=number)


def _marks(paragraph: Any, is_list: bool) -> tuple[bool, bool]:
    """Whether a paragraph is numbered, and whether it has a bullet, by its own word or that of its place."""
    properties = paragraph._p.pPr
    if properties is not None:
        if properties.find(qn("a:buAutoNum")) is not None:
            return True, False
        if properties.find(qn("a:buNone")) is not None:
            return False, False
        if properties.find(qn("a:buChar")) is not None:
            return False, True
    return False, is_list


def _rows(shape: Any, inks: Inks) -> list[list[str]]:
    """The cells row by row; one merged over columns or rows stands once in each row it covers."""
    rows: list[list[str]] = []
    for number, row in enumerate(shape.table.rows):
        cells = []
        for place, cell in enumerate(row.cells):
            if cell.is_spanned and rows and cell._tc.vMerge:
                cells.append(rows[number - 1][place])
            else:
                cells.append("" if cell.is_spanned else inks.cell_words(cell, shape))
        rows.append(cells)
    return rows
