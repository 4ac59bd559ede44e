"""Tables that people take away: every cell is text for whatever opens it, and comes back as it was.

A CSV file cannot say that a cell is text, so a cell that a spreadsheet would compute gets an apostrophe in front;
one that already looks like that gets another, so that taking one off always gives back what was there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

Row = Sequence[str]

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LONGEST_CELL = 32_767  # characters, as Excel has it
# Full-width signs too: Excel in Japanese takes ＝ for =. Spaces in front do not always protect.
_COMPUTED = re.compile(r"'*[\s\ufeff]*[=+\-@|%\t\r\n＝＋－−＠]")
# What XML cannot hold, what its reading changes, and what looks like our own escape.
_ESCAPED_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TooLong(ValueError):
    """A cell holds more than a workbook can."""


def to_csv(names: Row, rows: Iterable[Row]) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8 with the mark that Excel needs; every cell quoted."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in (names, *rows))
    return written.getvalue().encode("utf-8-sig")


def from_csv(content: bytes) -> list[list[str]]:
    """The rows of such a CSV, names first, as they were given to `to_csv`."""
    read = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [[unguarded(cell) for cell in row] for row in read]


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet might compute it."""
    return f"'{cell}" if _COMPUTED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The reverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and _COMPUTED.match(cell) else cell


def to_xlsx(names: Row, rows: Iterable[Row], *, sheet: str) -> bytes:
    """The table as a workbook of one sheet whose cells are all text; raises TooLong."""
    # Loaded when somebody first takes a workbook away: it is a sixth of what a server loads at its start.
    import openpyxl

    table = [names, *rows]
    for cell in (cell for row in table for cell in row):
        if len(in_workbook(cell)) > _LONGEST_CELL:
            raise TooLong(cell[:40])
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for row in table:
        page.append([_cell(page, text) for text in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def in_workbook(text: str) -> str:
    """The text as a workbook's XML writes it (ECMA-376, ST_Xstring); see `from_workbook`."""
    return _ESCAPED_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def from_workbook(text: str) -> str:
    """The text of a workbook's cell as it was before `in_workbook`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _cell(page: object, text: str) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, in_workbook(text))
    cell.data_type = "s"  # not what the library guesses: `=1+1` is somebody's words
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell
