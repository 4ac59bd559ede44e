"""How sure an answer must be in one municipality, found with its own set of questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yuimaru.core.text.probes import Kind

LOWEST, HIGHEST = 0.5, 0.95  # a set, however small or easy, moves the limit no further
_STEP = 0.01
_MOST_FOREIGN = 0.01  # share of questions that are not ours to answer, yet answered
_MOST_UNCOVERED = 0.1  # share of questions of ours that no document answers, yet answered
_ENOUGH = {"answerable": 30, "unanswerable": 20, "foreign": 20}  # questions below which a share says nothing


class TooFew(Exception):
    """The set holds too few questions of a kind; the message names it."""


class Mark(NamedTuple):
    """A question of the set: its kind, and how sure the best answer to it is."""

    kind: Kind
    sureness: float


def fitted(marks: Sequence[Mark]) -> float:
    """The lowest limit that keeps wrong answers within bounds; the highest one where none does.

    :raises TooFew: a kind is asked too seldom to tell.
    """
    groups = {
        "answerable": [mark.sureness for mark in marks if mark.kind == "answerable"],
        "unanswerable": [mark.sureness for mark in marks if mark.kind == "unanswerable"],
        "foreign": [mark.sureness for mark in marks if mark.kind in ("off_topic", "neighbour")],
    }
    for name, least in _ENOUGH.items():
        if len(groups[name]) < least:
            raise TooFew(f"{name}: {len(groups[name])} / {least}")
    limit = LOWEST
    while limit < HIGHEST and (
        _answered(groups["foreign"], limit) > _MOST_FOREIGN
        or _answered(groups["unanswerable"], limit) > _MOST_UNCOVERED
    ):
        limit = round(limit + _STEP, 2)
    return limit


def _answered(surenesses: Sequence[float], limit: float) -> float:
    return sum(sureness >= limit for sureness in surenesses) / len(surenesses)
