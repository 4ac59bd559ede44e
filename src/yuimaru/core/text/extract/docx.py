"""Word documents (DOCX): headings by style, lists, tables; deleted and hidden words stay out."""

import io
import re
import zipfile
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from yuimaru.core.text.extract import package
from yuimaru.core.text.extract.result import Extracted
from yuimaru.core.text.extract.writing import Writing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|箇条書き|段落番号", re.IGNORECASE)
_UNREAD = frozenset(qn(name) for name in ("w:pPr", "w:rPr", "w:rt", "w:del", "w:moveFrom"))
_RUN, _TEXT = qn("w:r"), qn("w:t")
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(content: bytes, name: str) -> Extracted:
    """Read a Word document; its title is its title style, its first heading or its name. Raises Refusal."""
    package.check(content)
    try:
        document = Document(io.BytesIO(content))
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise package.damage(error) from error
    written = Writing()
    numbers = _Numbers()
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            written.table(_rows(part))
        else:
            _paragraph(written, part, numbers)
    return written.finish(written.first_heading or document.core_properties.title or name, MEDIA_TYPE)


class _Numbers:
    """Counts the entries of numbered lists, as Word does when it shows them."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, int], int] = {}

    def of(self, list_id: str, depth: int) -> int:
        number = self._next.get((list_id, depth), 1)
        self._next[list_id, depth] = number + 1
        return number


def _paragraph(written: Writing, paragraph: Paragraph, numbers: _Numbers) -> None:
    text = _words(paragraph._p)
    style = paragraph.style.name or "" if paragraph.style is not None else ""
    if style in ("Title", "表題"):
        written.heading(1, text)
    elif found := _HEADING.match(style):
        written.heading(int(found[1]) + 1, text)
    elif (listed := _listing(paragraph)) is not None and text.strip():
        list_id, depth, ordered = listed
        mark = f"{numbers.of(list_id, depth)}. " if ordered else "・"
        written.list_item(text, mark=mark, depth=depth)
    elif _LIST_STYLE.match(style):
        ordered = "number" in style.lower() or style.startswith("段落番号")
        written.list_item(text, mark=f"{numbers.of(style, 0)}. " if ordered else "・")
    else:
        written.paragraph(text)


def _listing(paragraph: Paragraph) -> tuple[str, int, bool] | None:
    """Give list id, depth and whether it is numbered, from the paragraph's own numbering."""
    properties: Any = paragraph._p.pPr
    numbering = properties.numPr if properties is not None else None
    if numbering is None or numbering.numId is None or numbering.numId.val == 0:
        return None
    list_id = numbering.numId.val
    depth = numbering.ilvl.val if numbering.ilvl is not None else 0
    return str(list_id), depth, _number_format(paragraph, list_id, depth) != "bullet"


def _number_format(paragraph: Paragraph, list_id: int, depth: int) -> str:
    part: Any = paragraph.part
    try:
        root = part.numbering_part.element
    except (KeyError, NotImplementedError):
        return "bullet"
    found = root.xpath(
        f"w:abstractNum[@w:abstractNumId=../w:num[@w:numId='{list_id}']/w:abstractNumId/@w:val]"
        f"/w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val"
    )
    return str(found[0]) if found else "bullet"


def _rows(table: Table) -> list[list[str]]:
    """Give the cells row by row; a cell merged over columns or rows stands once in each row it covers."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        before = None
        for cell in row.cells:
            if cell._tc is not before:
                cells.append("\n".join(_words(paragraph._p) for paragraph in cell.paragraphs))
            before = cell._tc
        rows.append(cells)
    return rows


def _words(element: Any) -> str:
    """Give the words of a paragraph without ruby readings, hidden words and tracked deletions."""
    if element.tag in _UNREAD or (element.tag == _RUN and element.xpath("w:rPr/w:vanish")):
        return ""
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag in _BREAKS:
        return _BREAKS[element.tag]
    return "".join(_words(child) for child in element if isinstance(child.tag, str))
