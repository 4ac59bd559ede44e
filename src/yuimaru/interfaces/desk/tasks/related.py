"""Cases that belong together by a call: shown to whoever may see both, and else not even hinted at."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.cases.queries import Access, called_by, caller_of, program_of
from yuimaru.services.desks.queries import reachable


@dataclass(frozen=True)
class Related:
    """A case that this one has called, or that has called this one, by its latest task."""

    task_id: UUID
    number: str
    procedure: str
    calls: bool
    has_ended: bool


def related(opened: Access, standing: Standing, lang: str) -> list[Related]:
    """The calling case first, then those called."""
    case = opened.task.case
    above = caller_of(case)
    pairs = [(above, True)] if above else []
    pairs += [(each, False) for each in called_by(case)]
    mine = reachable(standing.actor, standing.mandates, on=standing.on)
    found = []
    for other, calls in pairs:
        task = mine.filter(case=other).order_by("-opened_at", "-id").first()
        if task is not None:
            title = program_of(other).title(lang)
            found.append(Related(task.pk, other.number, title, calls, other.closed_at is not None))
    return found
