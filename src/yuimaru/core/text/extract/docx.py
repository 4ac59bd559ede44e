"""Word documents (DOCX): headings by style, lists, tables, footnotes; deleted and hidden words stay out."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from yuimaru.core.text.extract import package
from yuimaru.core.text.extract.result import Extracted
from yuimaru.core.text.extract.runs import Runs
from yuimaru.core.text.extract.writing import Writing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|箇条書き|段落番号", re.IGNORECASE)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a drawing's words again
_UNREAD = frozenset((*(qn(name) for name in ("w:pPr", "w:rPr", "w:rt", "w:moveFrom")), _FALLBACK))
_RUN, _TEXT, _DELETED = qn("w:r"), qn("w:t"), qn("w:del")
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def read(content: bytes, name: str) -> Extracted:
    """Read a Word document; its title is its title style, its first heading or its name. Raises Refusal."""
    package.check(content)
    try:
        document = Document(io.BytesIO(content))
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise package.damage(error) from error
    reading = _Reading(document)
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            reading.table(part)
        else:
            reading.paragraph(part)
    written = reading.written
    return written.finish(written.first_heading or document.core_properties.title or name, MEDIA_TYPE)


class _Numbers:
    """Counts the entries of numbered lists, as Word does when it shows them."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, int], int] = {}

    def of(self, list_id: str, depth: int) -> int:
        number = self._next.get((list_id, depth), 1)
        self._next[list_id, depth] = number + 1
        return number


class _Reading:
    """Writes the paragraphs and tables of one document, each with the footnotes it refers to."""

    def __init__(self, document: Any) -> None:
        self.written = Writing()
        self._runs = Runs(document)
        self._numbers = _Numbers()
        self._held = {kind: _held_notes(document, kind) for kind in ("footnote", "endnote")}
        self._called: list[Any] = []  # the notes of the paragraph or table that is being read
        self._called_so_far = 0
        body = document.element.body
        self.written.flagged["comment"] += len(_part(document, "comments"))
        self.written.flagged["alt_text"] += sum(bool(each.get("descr")) for each in body.iter(_PICTURE))

    def paragraph(self, paragraph: Paragraph) -> None:
        text = self._words(paragraph._p)
        style = paragraph.style.name or "" if paragraph.style is not None else ""
        if style in ("Title", "表題"):
            self.written.heading(1, text)
        elif found := _HEADING.match(style):
            self.written.heading(int(found[1]) + 1, text)
        elif (listed := _listing(paragraph)) is not None and text.strip():
            list_id, depth, ordered = listed
            mark = f"{self._numbers.of(list_id, depth)}. " if ordered else "・"
            self.written.list_item(text, mark=mark, depth=depth)
        elif _LIST_STYLE.match(style):
            ordered = "number" in style.lower() or style.startswith("段落番号")
            self.written.list_item(text, mark=f"{self._numbers.of(style, 0)}. " if ordered else "・")
        else:
            self.written.paragraph(text)
        self._notes()

    def table(self, table: Table) -> None:
        self.written.table(list(self._rows(table)))
        self._notes()

    def _notes(self) -> None:
        """Write the notes that the last part called, each behind its number."""
        called, self._called = self._called, []
        for number, note in enumerate(called, start=self._called_so_far - len(called) + 1):
            self.written.note(
                "\n".join(self._words(each) for each in note.iter(qn("w:p"))), mark=f"（注{number}）"
            )

    def _rows(self, table: Table) -> Iterator[list[str]]:
        """Give the cells row by row; a cell merged over columns or rows stands once in each row it covers."""
        read: dict[Any, str] = {}
        for row in table.rows:
            cells: list[str] = []
            before = None
            for cell in row.cells:
                if cell._tc is not before:
                    if cell._tc not in read:
                        read[cell._tc] = "\n".join(self._words(each._p) for each in cell.paragraphs)
                    cells.append(read[cell._tc])
                before = cell._tc
            yield cells

    def _words(self, element: Any) -> str:
        """Give the words of a paragraph without ruby readings, hidden words and tracked deletions."""
        if element.tag in _UNREAD:
            return ""
        if element.tag == _DELETED:
            self.written.flagged["deleted_text"] += 1
            return ""
        if element.tag == _TEXT:
            return element.text or ""
        if element.tag in _BREAKS:
            return _BREAKS[element.tag]
        if element.tag in _NOTES:
            return self._mark(self._held[_NOTES[element.tag]].get(element.get(qn("w:id"))))
        if element.tag == _RUN and (kind := self._runs.hidden(element)):
            self.written.flagged[kind] += any(each.text for each in element.iter(_TEXT))
            return ""
        return "".join(self._words(child) for child in element if isinstance(child.tag, str))

    def _mark(self, note: Any) -> str:
        if note is None:
            return ""
        self._called.append(note)
        self._called_so_far += 1
        return f"（注{self._called_so_far}）"


def _held_notes(document: Any, kind: str) -> dict[str, Any]:
    """The footnotes or endnotes by their id; separators are of a type of their own."""
    return {
        note.get(qn("w:id")): note
        for note in _part(document, f"{kind}s")
        if note.get(qn("w:type"), "normal") == "normal"
    }


def _part(document: Any, name: str) -> list[Any]:
    """The entries of a part beside the body, such as its comments; empty where there is none."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return list(parse_xml(relation.target_part.blob))
    return []


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
