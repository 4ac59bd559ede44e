"""Excel workbooks (XLSX): sheets and cells as places, values instead of formulas; what is hidden stays out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from yuimaru.core.text.extract import faq, package
from yuimaru.core.text.extract.cells import Ink, beside
from yuimaru.core.text.extract.figures import shown
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing, names_columns

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNNAMED = re.compile(r"(?i)(?:sheet|シート|table)\s*[0-9]*")
_LAYOUT = re.compile(rb"<(?:\w+:)?(row|col|mergeCell)\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")
_HEADING_LIMIT = 40  # characters
_SENTENCE = re.compile(r"[。．！？!?：:]$|^[※*＊(（]")

Cells = dict[int, str]  # column → words


@dataclass
class _Layout:
    """What a sheet hides and joins."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    joined: list[tuple[int, int, int, int]] = field(default_factory=list)  # left, top, right, bottom

    def hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.columns)


@dataclass
class _Line:
    """A row with something in it."""

    number: int
    place: int  # its number among the rows that are shown
    cells: Cells

    @property
    def first(self) -> int:
        return min(self.cells)

    @property
    def words(self) -> str:
        return self.cells[self.first]


def read(content: bytes, name: str) -> Extracted:
    """Read a workbook; its title is the one it declares, its first line that is one, or its name. Raises Refusal."""
    package.check(content)
    warnings.simplefilter("ignore")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise Refusal("broken") from error
    written = Writing()
    title = ""
    written.flagged.update(beside(content))
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            written.left_out += 1
            written.flagged["hidden_sheet"] += 1
            continue
        reading = _Sheet(written, sheet.title, _layout(sheet))
        reading.read(_lines(sheet, reading.layout, written.flagged))
        title = title or reading.title
    return written.finish(book.properties.title or title or name, MEDIA_TYPE)


def _layout(sheet: Any) -> _Layout:
    """What the reader of openpyxl leaves out when it reads row by row."""
    with sheet._get_source() as source:
        held = source.read()
    layout = _Layout()
    for kind, attributes in _LAYOUT.findall(held):
        told = dict(_ATTRIBUTE.findall(attributes))
        size = told.get(b"ht" if kind == b"row" else b"width", b"1")
        is_hidden = told.get(b"hidden") in (b"1", b"true") or size.strip(b"0.") == b""
        if kind == b"row" and is_hidden and told.get(b"r", b"").isdigit():
            layout.rows.add(int(told[b"r"]))
        elif kind == b"col" and is_hidden:
            layout.columns.append((int(told[b"min"]), int(told[b"max"])))
        elif kind == b"mergeCell":
            layout.joined.append(range_boundaries(told[b"ref"].decode("ascii")))
    return layout


def _lines(sheet: Any, layout: _Layout, flagged: Counter[str]) -> list[_Line]:
    sheet.reset_dimensions()  # what the file says of its size is often wrong, and sometimes meant to hurt
    lines: dict[int, _Line] = {}
    hidden_columns: set[int] = set()
    ink = Ink(flagged)
    place = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number in layout.rows:
            flagged["hidden_row"] += any(cell.value is not None for cell in row)
            continue
        place += 1
        cells: Cells = {}
        for column, cell in enumerate(row, start=1):
            if cell.value is None or not (text := _text(cell)):
                continue
            if layout.hides(column):
                hidden_columns.add(column)
            elif ink.shows(cell):
                cells[column] = text
        if cells:
            lines[number] = _Line(number, place, cells)
    flagged["hidden_column"] += len(hidden_columns)
    for left, top, _right, bottom in layout.joined:
        words = lines[top].cells.get(left) if top in lines else None
        for number in range(top + 1, min(bottom, max(lines, default=0)) + 1) if words else ():
            if number in lines:
                lines[number].cells.setdefault(left, words or "")
    return [lines[number] for number in sorted(lines)]


def _text(cell: Any) -> str:
    return "" if cell.data_type == "e" else shown(cell.value, cell.number_format or "General").strip()


class _Sheet:
    """Writes the lines of one sheet: parts by blank rows, titles over them, tables row by row."""

    def __init__(self, written: Writing, name: str, layout: _Layout) -> None:
        self.layout = layout
        self.title = "" if _UNNAMED.fullmatch(name) else name
        self._name = name
        self._written = written
        self._names: dict[int, str] = {}

    def read(self, lines: list[_Line]) -> None:
        self._written.sheet = self._name
        if self.title and lines:
            self._written.heading(1, self.title)
        if lines and _is_heading(lines[0]):
            self.title = lines[0].words
        for part in _parts(lines):
            self._names = {}
            for is_table, run in groupby(part, key=lambda line: len(line.cells) > 1):
                together = list(run)
                if is_table:
                    self._table(together)
                    continue
                for line in together:
                    self._line(line, leads=line is together[-1] and line is not part[-1])

    def _line(self, line: _Line, *, leads: bool) -> None:
        """Write a row of one cell: a heading, inside a table only if it leads to more rows, else words."""
        if _is_heading(line) and (leads or not self._names):
            self._written.heading(2 if not self._names else 3, line.words)
        else:
            self._written.paragraph(line.words, cell=_place(line.first, line.number))

    def _table(self, lines: list[_Line]) -> None:
        columns = sorted({column for line in lines for column in line.cells})
        grid = [[line.cells.get(column, "") for column in columns] for line in lines]
        depth = self._header_rows(lines)
        if names_columns([_header(grid[:depth]), *grid[depth:]]):
            self._names = dict(zip(columns, _header(grid[:depth]), strict=True))
            lines = lines[depth:]
        names = [self._names.get(column, "") for column in columns]
        asked, answered, grouped = faq.columns(names)
        if asked is not None and answered is not None:
            self._questions(lines, columns, (asked, answered, grouped))
            return
        for line in lines:
            cells = [line.cells.get(column, "") for column in columns]
            self._written.row(
                *_filled(names, cells), cell=_place(_value_column(line, self._names), line.number)
            )

    def _header_rows(self, lines: list[_Line]) -> int:
        """Two when the first row joins cells over the columns that the second one names, else one."""
        top = lines[0].number
        is_joined = any(left < right and row == top == end for left, row, right, end in self.layout.joined)
        return 2 if is_joined and len(lines) > 2 and lines[1].place == lines[0].place + 1 else 1

    def _questions(self, lines: list[_Line], columns: list[int], places: tuple[int, int, int | None]) -> None:
        asked, answered, grouped = (None if place is None else columns[place] for place in places)
        group = ""
        for line in lines:
            if grouped is not None and (named := line.cells.get(grouped, group)) != group:
                group = named
                self._written.heading(3, group)
            question, answer = (line.cells.get(column or 0, "") for column in (asked, answered))
            self._written.question(question, answer, cell=_place(answered or 0, line.number))


def _parts(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines that stand together without a blank row between them."""
    part: list[_Line] = []
    for line in lines:
        if part and line.place > part[-1].place + 1:
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _is_heading(line: _Line) -> bool:
    words = line.words
    alone = len(line.cells) == 1 and "\n" not in words
    return alone and len(words) <= _HEADING_LIMIT and not _SENTENCE.search(words)


def _header(rows: list[list[str]]) -> list[str]:
    """The names of columns: one row as it is, two as 「上・下」 with the upper name carried to the right."""
    if len(rows) == 1:
        return rows[0]
    names: list[str] = []
    upper = ""
    for top, low in zip(*rows, strict=True):
        upper = top or upper
        names.append(f"{upper}・{low}" if low and low != upper else top or upper)
    return names


def _filled(names: list[str], cells: list[str]) -> tuple[list[str], list[str]]:
    """Without names, only the cells that say something: two of them are a label and its value."""
    if any(names):
        return names, cells
    return [], [cell for cell in cells if cell]


def _value_column(line: _Line, names: dict[int, str]) -> int:
    return sorted(line.cells)[1] if not names and len(line.cells) == 2 else line.first


def _place(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"
