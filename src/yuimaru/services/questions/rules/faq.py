"""What stands in the list of questions and answers of a section, and who may publish it; plain values only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yuimaru.foundation.tenancy.rules import Forbidden

LONGEST = 2_000  # characters of a question or an answer
COLUMNS = ("質問", "回答", "有効期間の初日", "有効期間の末日", "根拠")


class InvalidEntry(ValueError):
    """An entry cannot stand like this; `field` says which part of it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer as it is published."""

    question: str
    answer: str
    valid_from: date
    valid_to: date | None
    ground: str  # the title of the document it rests on, else empty


def require_words(question: str, answer: str) -> None:
    """Refuse an entry without a question or an answer, or one that is too long to be read as one."""
    for field, words in (("question", question), ("answer", answer)):
        if not words.strip() or len(words) > LONGEST:
            raise InvalidEntry(field)


def require_period(valid_from: date, valid_to: date | None, *, on: date) -> None:
    """Refuse days out of order, and an end that has passed."""
    if valid_to is not None and valid_to < max(valid_from, on):
        raise InvalidEntry("valid_to")


def require_publisher(*, manages_documents: bool, is_writer: bool) -> None:
    """Four eyes: what somebody wrote is published by somebody else, or by who answers for the documents.

    :raises Forbidden: the writer alone cannot publish it.
    """
    if is_writer and not manages_documents:
        raise Forbidden(
            "書いた人は、公開を確かめることができません。ほかの職員に頼んでください。",
            "Whoever wrote an answer does not publish it. Ask another member of staff.",
        )


def as_csv(lines: Iterable[Line]) -> bytes:
    """The list as the document that is published and quoted: CSV in UTF-8."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for line in lines:
        until = line.valid_to.isoformat() if line.valid_to else ""
        table.writerow([line.question, line.answer, line.valid_from.isoformat(), until, line.ground])
    return written.getvalue().encode()


def first_end(lines: Iterable[Line]) -> date | None:
    """The last day on which all of it holds: after that the document is not answered from until it is written anew."""
    return min((line.valid_to for line in lines if line.valid_to), default=None)
