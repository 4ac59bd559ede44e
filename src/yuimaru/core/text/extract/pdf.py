"""PDF: page numbers kept, broken lines joined, headings by letter size, page heads and feet left out."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from yuimaru.core.text.extract import layout
from yuimaru.core.text.extract.layout import Letter, Piece, Row
from yuimaru.core.text.extract.plain import BULLET, CHAPTER, NUMBERED, SIGNED, list_line, starts_something
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.sight import Sight
from yuimaru.core.text.extract.writing import Writing, joined

MEDIA_TYPE = "application/pdf"
_MOST_PAGES = 2_000
_HEADING_SIZE = 1.12  # times the body's letters
_HEADING_LIMIT = 40  # characters
_PAGE_NUMBER = re.compile(r"(?i)[-‐–—\s]*(?:p\.?|page)?\s*\d+\s*(?:ページ|頁|/\s*\d+)?[-‐–—\s]*")
_FILE_NAME = re.compile(r"(?i)\.(docx?|xlsx?|pptx?|pdf|indd|ai|typ|tex)$|^(microsoft |untitled|無題)")
_SENTENCE_END = "。．！？!?"
# Fonts of some makers map 日 or 月 to the signs of the radicals; they mean the everyday letters.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_DROPPED = dict.fromkeys((0x00, 0x02, 0xAD, 0xFFFE, 0xFFFF))


def read(content: bytes, name: str) -> Extracted:
    """Read a PDF; its title is the one it declares, its first heading or its name. Raises Refusal."""
    if b"%%EOF" not in content[-2048:]:
        raise Refusal("broken")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Refusal("encrypted" if encrypted else "broken") from error
    if len(document) > _MOST_PAGES:
        raise Refusal("too_large")
    written = Writing()
    try:
        pages = _without_furniture([layout.rows(_letters(page, written)) for page in document])
    except pypdfium2.PdfiumError as error:
        raise Refusal("broken") from error
    if not any(pages):
        raise Refusal("no_text")
    write(written, pages)
    declared = document.get_metadata_value("Title").strip()
    title = "" if _FILE_NAME.search(declared) else declared
    return written.finish(title or written.first_heading or name, MEDIA_TYPE)


def write(written: Writing, pages: Sequence[Sequence[Row]]) -> None:
    """Write the rows of pages as headings, paragraphs, lists and tables."""
    _Reading(written, pages).read()


def _letters(page: pypdfium2.PdfPage, written: Writing) -> Iterator[Letter]:
    text = page.get_textpage()
    sight = Sight(page, text, written.flagged)
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    high, spaced = 0, False
    for place in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        sign = chr(code).translate(_DROPPED).translate(_RADICALS)
        # A generated space stands for a gap, which geometry judges better; a real one was typed.
        if not sign or sign in " \r\n\t" or pdfium.FPDFText_IsGenerated(text, place) == 1:
            spaced = spaced or (sign == " " and pdfium.FPDFText_IsGenerated(text, place) == 0)
            continue
        pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
        pdfium.FPDFText_GetMatrix(text, place, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
        bold = pdfium.FPDFText_GetFontWeight(text, place) >= 600
        stretch = ctypes.cast(pdfium.FPDFText_GetTextObject(text, place), ctypes.c_void_p).value or 0
        if not sight.shows(place, box, size, stretch):
            continue
        yield Letter(sign, box.left, box.right, box.bottom, box.top, size, bold, stretch, spaced)
        spaced = False
    written.machine_read = written.machine_read or sight.read_by_machine


def _without_furniture(pages: list[list[Row]]) -> list[list[Row]]:
    """Leave out page numbers, and heads and feet that come back on most pages."""
    repeated = {
        edge: _repeated([_undated(page[edge]) for page in pages if len(page) > 1]) for edge in (0, -1)
    }
    kept = []
    for page in pages:
        for edge in (0, -1):
            if len(page) > 1 and (
                _PAGE_NUMBER.fullmatch(_text(page[edge])) or _undated(page[edge]) in repeated[edge]
            ):
                page = page[1:] if edge == 0 else page[:-1]
        kept.append(page)
    return kept


def _repeated(texts: Sequence[str]) -> set[str]:
    return {text for text in texts if texts.count(text) > 1 and texts.count(text) * 2 > len(texts)}


def _undated(row: Row) -> str:
    return re.sub(r"\d+", "#", _text(row))


def _text(row: Row) -> str:
    return " ".join(piece.text for piece in row)


class _Reading:
    """Writes the rows of the pages as headings, paragraphs, lists and tables."""

    def __init__(self, written: Writing, pages: Sequence[Sequence[Row]]) -> None:
        self._written = written
        self._pages = pages
        self._body = layout.body_size(pages)
        sizes = {round(piece.size, 1) for page in pages for row in page for piece in row}
        self._sizes = sorted((size for size in sizes if size > self._body * _HEADING_SIZE), reverse=True)
        self._lines: list[str] = []
        self._notes: dict[str, str] = {}  # at the foot of the page, by their marks

    def read(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            page, self._notes = layout.with_notes(page, self._body)
            edge = max((piece.right for row in page for piece in row), default=0.0)
            place = 0
            while place < len(page):
                cells, taken = layout.table_at(page, place)
                if taken:
                    self._end(number)
                    self._written.table(cells, page=number)
                    self._call(number, "".join("".join(row) for row in cells))
                    place += taken
                    continue
                self._row(page, place, number, edge)
                place += 1
            self._end(number)
            self._call(number, None)

    def _row(self, page: Sequence[Row], place: int, number: int, edge: float) -> None:
        line = Piece(_text(page[place]), *_outline(page[place]))
        level = self._level(line, page[place + 1] if place + 1 < len(page) else None, edge)
        if level:
            self._end(number)
            self._written.heading(level, line.text.strip("■◆□◇▼【】 　"), page=number)
            return
        if starts_something(line.text):
            self._end(number)
        self._lines.append(line.text)
        following = page[place + 1] if place + 1 < len(page) else None
        if following is None or len(following) > 1 or not self._goes_on(line, following[0], edge):
            self._end(number)

    def _level(self, line: Piece, following: Row | None, edge: float) -> int | None:
        """Tell a heading by its larger letters, its sign, or by standing alone in bold."""
        if self._lines or len(line.text) > _HEADING_LIMIT or line.text[-1] in _SENTENCE_END:
            return None
        if (size := round(line.size, 1)) in self._sizes:
            return self._sizes.index(size) + 1
        signed = CHAPTER.match(line.text) or SIGNED.match(line.text)
        alone = following is not None and edge - line.right > 2 * line.size
        stands_out = line.bold and alone and not starts_something(line.text)
        return len(self._sizes) + 1 if signed or stands_out else None

    def _goes_on(self, line: Piece, following: Piece, edge: float) -> bool:
        """Tell whether the sentence runs over the line's end: a full line, the same letters, close below."""
        return (
            edge - line.right < 2 * line.size
            and abs(line.size - following.size) < 0.5
            and line.bottom - following.top < 1.2 * line.size
            and not starts_something(following.text)
        )

    def _end(self, number: int) -> None:
        text = joined(self._lines)
        self._lines.clear()
        if NUMBERED.match(text) or BULLET.match(text):
            list_line(self._written, text, page=number)
        else:
            self._written.paragraph(text, page=number)
        self._call(number, text)

    def _call(self, number: int, text: str | None) -> None:
        """Write the notes that a text calls behind it; without a text, those that nothing has called."""
        for mark in [mark for mark in self._notes if text is None or mark in text]:
            self._written.note(self._notes.pop(mark), mark=mark, page=number)


def _outline(row: Row) -> tuple[float, float, float, float, float, bool]:
    return (
        row[0].left,
        row[-1].right,
        min(piece.bottom for piece in row),
        max(piece.top for piece in row),
        row[0].size,
        all(piece.bold for piece in row),
    )
