"""Putting a document's text together, part by part, while keeping the place of every part."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from yuimaru.core.text.extract import unseen
from yuimaru.core.text.extract.articles import by_article
from yuimaru.core.text.extract.result import Block, Extracted, Kind, Refusal

LONGEST_TEXT = 4_000_000  # characters
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_HEADER_LIMIT = 20  # characters; a longer cell is content, not the name of a column
_CONTENT = re.compile(r"。|無料|^[0-9,.\-]+$|[0-9](?:円|時|日|%|％|割)")
# A table of two columns is mostly label and value. It has a header when its first column is headed by the
# name of a list and does not hold the labels of one thing, like 場所 above 電話.
_LISTED = re.compile(
    "(?:.*の)?(?:区分|品目|項目|種類|種別|名称|年齢|地区|書類|曜日|施設|場所|窓口|理由|病気|証明書|給付|停留所)"
    "|手続き?|世帯|支払月|手数料.*|予防接種|届け?出|.*とき|.*こと"
)
_LABEL = re.compile(
    "場所|所在地|住所|名称|日時|時間|期間|期限|休み|電話|料金|費用|対象|定員|予約|内容|持ち物|担当|窓口|方法|量"
)
_QUESTION_MARK, _ANSWER_MARK = "問　", "答　"


class Writing:
    """A text that grows by headings, paragraphs, lists, table rows and question and answer pairs."""

    def __init__(self) -> None:
        self.sheet: str | None = None  # the sheet that what follows stands on
        self.left_out = 0  # hidden sheets or slides
        self.flagged: Counter[str] = Counter()  # what was kept out, by kind of `unseen.KINDS`
        self.machine_read = False
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []

    @property
    def first_heading(self) -> str | None:
        """The words of the first heading so far."""
        text = "".join(self._parts)
        return next((text[held.start : held.end] for held in self._blocks if held.kind == "heading"), None)

    def heading(self, level: int, text: str, page: int | None = None) -> None:
        """Add a heading; it closes the headings of its own and deeper levels."""
        cleaned = self._clean(text).replace("\n", " ")
        if not cleaned:
            return
        self._headings = [held for held in self._headings if held[0] < level]
        self._write("\n" if self._parts else "")
        self._block("heading", cleaned, page=page)
        self._headings.append((level, cleaned))

    def close_headings(self) -> None:
        """Let what follows stand under no heading, as on a new page without a title."""
        self._headings = []

    def paragraph(self, text: str, page: int | None = None, *, cell: str | None = None) -> None:
        """Add a paragraph; line breaks inside it stay."""
        self._block("paragraph", self._clean(text), page=page, cell=cell)

    def list_item(self, text: str, *, mark: str = "・", depth: int = 0, page: int | None = None) -> None:
        """Add one entry of a list behind its mark, set in by its depth."""
        cleaned = self._clean(text)
        if cleaned:
            self._block("list", "　" * depth + mark + cleaned.replace("\n", " "), page=page)

    def table(
        self, rows: Sequence[Sequence[str]], *, header: bool | None = None, page: int | None = None
    ) -> None:
        """Add a table's rows, each readable alone as 「列：値」; without `header` the first row decides."""
        cleaned = [[self._clean(cell).replace("\n", " ") for cell in row] for row in rows]
        names: Sequence[str] = ()
        if cleaned and (names_columns(cleaned) if header is None else header):
            names, *cleaned = cleaned
        for row in cleaned:
            self._block("table_row", _row(names, row), page=page)

    def row(self, names: Sequence[str], row: Sequence[str], *, cell: str) -> None:
        """Add one row of a sheet's table as 「列：値」 under the names of its columns."""
        cells = [self._clean(each).replace("\n", " ") for each in row]
        self._block("table_row", _row(names, cells), cell=cell)

    def pair(self, label: str, text: str, page: int | None = None) -> None:
        """Add a labelled statement as 「label：text」."""
        self._block("table_row", _row((), [self._clean(label), self._clean(text)]), page=page)

    def note(self, text: str, *, mark: str, page: int | None = None) -> None:
        """Add a footnote behind its mark; it belongs to what stands before it."""
        if cleaned := self._clean(text).replace("\n", " "):
            self._block("note", f"{mark}　{cleaned}", page=page)

    def question(
        self, question: str, answer: str, *, cell: str | None = None, page: int | None = None
    ) -> None:
        """Add a question with its answer; the block is the place of the answer."""
        asked, answered = self._clean(question).replace("\n", " "), self._clean(answer)
        if not asked or not answered:
            return
        self._write(f"{_QUESTION_MARK}{asked}\n{_ANSWER_MARK}")
        self._block("faq", answered, cell=cell, question=asked, page=page)

    def finish(self, title: str, media_type: str) -> Extracted:
        """Close the text; raises Refusal when nothing was written."""
        if not any(block.kind != "heading" for block in self._blocks):
            raise Refusal("empty")
        named = self._clean(title).replace("\n", " ")
        text = "".join(self._parts)
        return Extracted(
            named,
            media_type,
            text,
            by_article(text, self._blocks),
            self.left_out,
            {kind: self.flagged[kind] for kind in unseen.KINDS if self.flagged[kind]},
            self.machine_read,
        )

    def _clean(self, text: str) -> str:
        return clean(unseen.shown(text, self.flagged))

    def _block(
        self,
        kind: Kind,
        text: str,
        *,
        page: int | None = None,
        cell: str | None = None,
        question: str | None = None,
    ) -> None:
        if not text:
            return
        start = self._length
        self._write(text)
        path = tuple(words for _, words in self._headings)
        self._blocks.append(Block(kind, start, self._length, path, page, self.sheet, cell, question))
        self._write("\n")

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise Refusal("too_large")


def clean(text: str) -> str:
    """Take out control characters and needless spaces; letters stay as they are, none is normalised."""
    lines = (_SPACES.sub(" ", line).strip() for line in _CONTROL.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def joined(lines: Sequence[str]) -> str:
    """Join the lines of one sentence: without a space between Japanese letters, with one between others."""
    text = ""
    for line in (line.strip() for line in lines):
        if text and line and _is_narrow(text[-1]) and _is_narrow(line[0]):
            text += " "
        text += line
    return text


def _is_narrow(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("Na", "H", "N")


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns: short names, all different, no figures or sentences."""
    first = [cell for cell in rows[0] if cell]
    if len(rows) < 2 or len(first) < max(2, len(rows[0]) - 1) or len(set(first)) < len(first):
        return False
    if len(rows[0]) == 2:
        labels = any(_LABEL.fullmatch(row[0]) for row in rows[1:] if row)
        return _LISTED.fullmatch(rows[0][0]) is not None and not labels
    return all(len(cell) <= _HEADER_LIMIT and not _CONTENT.search(cell) for cell in first)


def _row(names: Sequence[str], row: Sequence[str]) -> str:
    if not any(names) and len(row) == 2 and all(row):
        return f"{row[0]}：{row[1]}"
    cells = []
    for place, cell in enumerate(row):
        name = names[place] if place < len(names) else ""
        if cell:
            cells.append(f"{name}：{cell}" if name and name != cell else cell)
    return "／".join(cells)
