"""The workflow of a kata on a page: the picture in two shapes, of which the screen takes one, and the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from yuimaru.core.kata.picture import Row, narrow_picture, rows, wide_picture
from yuimaru.core.kata.program import Program
from yuimaru.services.cases.queries import Access, marking_of
from yuimaru.services.catalogue.queries import running


@dataclass(frozen=True)
class Flow:
    """The pictures are made by us, of words that are escaped."""

    wide: SafeString
    narrow: SafeString
    rows: list[Row]


def flow_of_case(opened: Access, lang: str) -> Flow:
    """The workflow with the steps marked that wait; a taker is shown its own step only."""
    task = opened.task
    if opened.mandate is not None:
        now = frozenset() if task.done_at else frozenset({task.step})
    else:
        marking = marking_of(task.case)
        now = frozenset(token.step for token in marking.open) or frozenset({task.case.step})
    return _flow(opened.program.sha256, now, lang)


def flow_of_kata(program: Program, lang: str) -> Flow | None:
    """The workflow of a kata that is stored; None when it has none."""
    return _flow(program.sha256, frozenset(), lang) if program.kata.workflow else None


@lru_cache(maxsize=512)
def _flow(sha256: str, now: frozenset[str], lang: str) -> Flow:
    program = running(sha256)
    return Flow(
        SafeString(wide_picture(program, now=now, lang=lang)),
        SafeString(narrow_picture(program, now=now, lang=lang)),
        rows(program, now=now, lang=lang),
    )
