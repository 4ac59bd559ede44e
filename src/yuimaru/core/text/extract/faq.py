"""A list of questions and answers as CSV, with columns 質問 and 回答 (or question and answer)."""

import csv
import io
from collections.abc import Sequence

from yuimaru.core.text.extract.plain import decode
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing

MEDIA_TYPE = "text/csv"
_QUESTION = ("質問", "問", "お問い合わせ内容", "question", "q")
_ANSWER = ("回答", "答", "答え", "answer", "a")
_GROUP = ("分類", "カテゴリ", "カテゴリー", "category")


def read(content: bytes, name: str) -> Extracted:
    """Read the rows as questions with answers, each with the address of its answer's cell; raises Refusal."""
    text = decode(content)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise Refusal("broken") from error
    if not any(any(row) for row in rows):
        raise Refusal("empty")
    names = [cell.strip() for cell in rows[0]]
    asked, answered, grouped = columns(names)
    if asked is None or answered is None:
        raise Refusal("wrong_columns")
    written = Writing()
    group = ""
    for number, row in enumerate(rows[1:], start=2):
        cells = row + [""] * (len(names) - len(row))
        if grouped is not None and cells[grouped].strip() and cells[grouped].strip() != group:
            group = cells[grouped].strip()
            written.heading(1, group)
        written.question(cells[asked], cells[answered], cell=f"{_letters(answered)}{number}")
    return written.finish(name, MEDIA_TYPE)


def columns(names: Sequence[str]) -> tuple[int | None, int | None, int | None]:
    """The places of question, answer and group among the names of columns, None for one that is missing."""
    lowered = [name.lower() for name in names]
    return _column(lowered, _QUESTION), _column(lowered, _ANSWER), _column(lowered, _GROUP)


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return "\t" if first.count("\t") > first.count(",") else ","


def _column(names: Sequence[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
