"""起案・決裁 as a pure state machine: the marks of a route, who may set which now, and what follows.

A mark belongs to a post. A person signs in their own right once, and once more at most as a deputy for somebody absent;
what a deputy signed is laid before the absent one later (後閲). Only the decision (決裁) ends a route.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a mark is for."""

    CIRCULATE = "circulate"  # 回議: of the own line, before the decision
    CONSULT = "consult"  # 合議: of another section, with an opinion
    DECIDE = "decide"  # 決裁
    INFORM = "inform"  # 供覧: to know of, after the decision
    REVIEW = "review"  # 後閲: by the one for whom a deputy signed


class Verdict(StrEnum):
    """What was said with a mark."""

    APPROVED = "approved"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    RETURNED = "returned"
    READ = "read"


class State(StrEnum):
    """How far a draft has come."""

    CIRCULATING = "circulating"
    APPROVED = "approved"
    RETURNED = "returned"
    RECALLED = "recalled"


VERDICTS: dict[Kind, tuple[Verdict, ...]] = {
    Kind.CIRCULATE: (Verdict.APPROVED, Verdict.RETURNED),
    Kind.CONSULT: (Verdict.AGREED, Verdict.DISAGREED),
    Kind.DECIDE: (Verdict.APPROVED, Verdict.RETURNED),
    Kind.INFORM: (Verdict.READ,),
    Kind.REVIEW: (Verdict.READ,),
}
BEFORE = (Kind.CIRCULATE, Kind.CONSULT)
SIGNED = (*BEFORE, Kind.DECIDE)
WORDED = (Verdict.DISAGREED, Verdict.RETURNED)  # need an opinion, a reason


class Refused(Exception):
    """An act that the rules do not allow; `code` says which: route, not_open, verdict, opinion, barred, twice, drafter."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Stop:
    """One line of a route: whose mark, what for, and its place; those of one place sign side by side."""

    kind: Kind
    post: str
    order: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, set or not. `deputy` when it was set for an absent one; a 後閲 says `of` which mark."""

    number: int
    kind: Kind
    post: str
    order: int
    verdict: Verdict | None = None
    by: str | None = None
    deputy: bool = False
    opinion: str = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Circulation:
    """A draft on its route; `barred` are the people who may not decide it."""

    marks: tuple[Mark, ...]
    drafter: str
    barred: frozenset[str] = frozenset()
    state: State = State.CIRCULATING

    @property
    def open(self) -> tuple[Mark, ...]:
        """The marks that may be set now: the foremost before the decision, the decision, then what is only read."""
        waiting = [mark for mark in self.marks if mark.verdict is None]
        reviews = [mark for mark in waiting if mark.kind is Kind.REVIEW]
        if self.state is State.APPROVED:
            return tuple(waiting)
        if self.state is not State.CIRCULATING:
            return ()
        before = [mark for mark in waiting if mark.kind in BEFORE]
        first = min((mark.order for mark in before), default=0)
        now = [mark for mark in before if mark.order == first]
        return (*(now or [mark for mark in waiting if mark.kind is Kind.DECIDE]), *reviews)


def circulate(stops: Sequence[Stop], *, drafter: str, barred: frozenset[str] = frozenset()) -> Circulation:
    """A draft at the beginning of its route; raises Refused("route") unless exactly one stop decides."""
    if [stop.kind for stop in stops].count(Kind.DECIDE) != 1 or any(
        stop.kind is Kind.REVIEW for stop in stops
    ):
        raise Refused("route")
    ordered = sorted(stops, key=lambda stop: (_phase(stop.kind), stop.order))
    marks = tuple(Mark(place, stop.kind, stop.post, stop.order) for place, stop in enumerate(ordered))
    return Circulation(marks, drafter, barred)


def sign(
    draft: Circulation, number: int, *, by: str, verdict: Verdict, opinion: str = "", deputy: bool = False
) -> Circulation:
    """Set a mark. A disagreement stops nothing; a return ends the route; the decision opens what is to be read.

    :raises Refused: the mark is not open, or this person may not set it so.
    """
    mark = next((mark for mark in draft.open if mark.number == number), None)
    if mark is None:
        raise Refused("not_open")
    _require_may_sign(draft, mark, by, verdict, opinion, deputy)
    signed = replace(mark, verdict=verdict, by=by, deputy=deputy, opinion=opinion)
    marks = [signed if each is mark else each for each in draft.marks]
    if deputy and verdict is not Verdict.RETURNED:
        marks.append(Mark(len(marks), Kind.REVIEW, mark.post, mark.order, of=mark.number))
    state = draft.state
    if verdict is Verdict.RETURNED:
        state = State.RETURNED
    elif mark.kind is Kind.DECIDE:
        state = State.APPROVED
    return replace(draft, marks=tuple(marks), state=state)


def recall(draft: Circulation, *, by: str) -> Circulation:
    """引戻し: the drafter takes a draft back that is not decided yet; raises Refused."""
    if draft.state is not State.CIRCULATING:
        raise Refused("not_open")
    if by != draft.drafter:
        raise Refused("drafter")
    return replace(draft, state=State.RECALLED)


def _require_may_sign(
    draft: Circulation, mark: Mark, by: str, verdict: Verdict, opinion: str, deputy: bool
) -> None:
    if verdict not in VERDICTS[mark.kind] or (deputy and mark.kind not in SIGNED):
        raise Refused("verdict")
    if verdict in WORDED and not opinion.strip():
        raise Refused("opinion")
    if verdict is Verdict.RETURNED:
        return  # nobody is kept from saying no
    if mark.kind is Kind.DECIDE and by in draft.barred:
        raise Refused("barred")
    before = [each for each in draft.marks if each.kind in SIGNED and each.by == by]
    if mark.kind in SIGNED and any(each.deputy is deputy for each in before):
        raise Refused("twice")


def _phase(kind: Kind) -> int:
    return 0 if kind in BEFORE else 1 if kind is Kind.DECIDE else 2
