"""From placed letters of a page to its lines and table rows, by geometry alone."""

import itertools
import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yuimaru.core.text.extract.writing import joined

_CELL_GAP = 0.9  # em; a wider gap parts two cells
_NEW_TEXT_GAP = 0.4  # em; enough where the file itself begins a new stretch of text
_CLOSER = 0.7  # times the gap between two rows of a table
_WORD_GAP = 0.15  # em; a wider gap between Latin letters is a space
_SAME_LINE = 0.5  # share of the lower height that must overlap
_SMALL_PRINT = 0.93  # times the body's letters
_NOTE_MARK = re.compile(
    r"((?:※|＊|\*|注)[0-9０-９]{1,2}|[(（]注[0-9０-９]{0,2}[)）]|[※＊*†])[ 　:：.．)）]*(?=\S)"
)
_COLUMN_LETTERS = 18  # letters; longer side-by-side pieces are columns of prose, not cells
_COLUMN_ROWS = 8
_NUMBER = re.compile(r"[(（]?[0-9０-９]{1,2}[.．)）]")
_BULLETS = "・•●○◦‣▪■□◆◇-–*※"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its box in points (the origin is the lower left corner) and its font.

    `stretch` tells apart the stretches of text in the file; `spaced` marks a letter after a real space.
    """

    sign: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    stretch: int = 0
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that stand together on one line."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


Row = list[Piece]


def rows(letters: Iterable[Letter]) -> list[Row]:
    """Gather a page's letters into rows from top to bottom; columns of prose keep the order of the file."""
    pieces = _pieces(letters)
    gathered: list[Row] = []
    for piece in sorted(pieces, key=lambda held: (-held.top, held.left)):
        if gathered and _on_one_line(gathered[-1][0], piece):
            gathered[-1].append(piece)
        else:
            gathered.append([piece])
    gathered = [_with_bullets(sorted(row, key=lambda held: held.left)) for row in gathered]
    return [[piece] for piece in pieces] if _are_columns(gathered) else gathered


def table_at(page: Sequence[Row], start: int) -> tuple[list[list[str]], int]:
    """Read the table that begins at a row; gives its cells and the number of rows taken, 0 for no table.

    A line that stands clearly closer to the one above than the first row to the head continues its cells.
    """
    head = page[start]
    if len(head) < 2 or start + 1 == len(page):
        return [], 0
    close = _CLOSER * _gap(head, page[start + 1])
    cells: list[list[str]] = []
    taken = 0
    for place in range(start, len(page)):
        row = page[place]
        continues = place > start + 1 and _gap(page[place - 1], row) < close
        if len(row) < 2 and not continues:
            break
        columns = [_column(head, piece) for piece in row]
        if len(set(columns)) < len(columns):
            break
        if continues:
            for column, piece in zip(columns, row, strict=True):
                cells[-1][column] += piece.text
        else:
            cells.append([""] * len(head))
            for column, piece in zip(columns, row, strict=True):
                cells[-1][column] = piece.text
        taken += 1
    return (cells, taken) if len(cells) > 1 else ([], 0)


def with_notes(page: Sequence[Row], body: float) -> tuple[Sequence[Row], dict[str, str]]:
    """Part the notes in small print at the foot of a page from it; gives them by their marks."""
    foot = len(page)
    while foot and all(piece.size < _SMALL_PRINT * body for piece in page[foot - 1]):
        foot -= 1
    notes: dict[str, str] = {}
    mark = ""
    for row in page[foot:]:
        text = " ".join(piece.text for piece in row)
        found = _NOTE_MARK.match(text)
        if found is not None and found[1] not in notes:
            mark = found[1]
            notes[mark] = text[found.end() :]
        elif mark:
            notes[mark] = joined([notes[mark], text])
        else:
            foot += 1  # small print that is no note
    return page[:foot], notes


def body_size(pages: Iterable[Sequence[Row]]) -> float:
    """The letter size most of the text is set in, in points."""
    sizes = [round(piece.size, 1) for page in pages for row in page for piece in row for _ in piece.text]
    return statistics.mode(sizes) if sizes else 0.0


def _pieces(letters: Iterable[Letter]) -> list[Piece]:
    pieces: list[Piece] = []
    held: list[Letter] = []
    for letter in letters:
        if held and not _goes_on(held[-1], letter):
            pieces.append(_piece(held))
            held = []
        held.append(letter)
    if held:
        pieces.append(_piece(held))
    return [piece for piece in pieces if piece.text.strip()]


def _goes_on(before: Letter, letter: Letter) -> bool:
    overlap = min(before.top, letter.top) - max(before.bottom, letter.bottom)
    lower = min(before.top - before.bottom, letter.top - letter.bottom)
    gap = letter.left - before.right
    em = max(before.size, letter.size)
    widest = _CELL_GAP if letter.stretch == before.stretch else _NEW_TEXT_GAP
    return overlap >= _SAME_LINE * lower and -em < gap < widest * em


def _piece(letters: Sequence[Letter]) -> Piece:
    text = letters[0].sign
    for before, letter in itertools.pairwise(letters):
        apart = letter.left - before.right > _WORD_GAP * letter.size
        if letter.spaced or (apart and _is_latin(before.sign) and _is_latin(letter.sign)):
            text += " "
        text += letter.sign
    return Piece(
        text,
        min(letter.left for letter in letters),
        max(letter.right for letter in letters),
        min(letter.bottom for letter in letters),
        max(letter.top for letter in letters),
        statistics.median(letter.size for letter in letters),
        sum(letter.bold for letter in letters) * 2 > len(letters),
    )


def _is_latin(sign: str) -> bool:
    return sign.isalnum() and unicodedata.east_asian_width(sign) in ("Na", "N")


def _on_one_line(one: Piece, other: Piece) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap >= _SAME_LINE * min(one.top - one.bottom, other.top - other.bottom)


def _with_bullets(row: Row) -> Row:
    """Put a mark that stands apart (• or 1.) back before its entry."""
    if len(row) < 2:
        return row
    mark, entry, *rest = row
    sign = mark.text.strip()
    if sign not in _BULLETS and not _NUMBER.fullmatch(sign):
        return row
    whole = Piece(
        f"{sign} {entry.text}", mark.left, entry.right, entry.bottom, entry.top, entry.size, entry.bold
    )
    return [whole, *rest]


def _are_columns(page: Sequence[Row]) -> bool:
    side_by_side = [row for row in page if len(row) > 1]
    long = [row for row in side_by_side if min(len(piece.text) for piece in row) >= _COLUMN_LETTERS]
    return len(long) >= _COLUMN_ROWS and len(long) * 2 > len(side_by_side)


def _column(head: Row, piece: Piece) -> int:
    """The column whose head stands nearest, by left edge, middle or right edge."""

    def distance(place: int) -> float:
        name = head[place]
        return min(
            abs(name.left - piece.left),
            abs(name.right - piece.right),
            abs(name.left + name.right - piece.left - piece.right) / 2,
        )

    return min(range(len(head)), key=distance)


def _gap(above: Row, below: Row) -> float:
    return min(piece.bottom for piece in above) - max(piece.top for piece in below)
