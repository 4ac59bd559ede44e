"""Cases that belong together by a call: shown to whoever may see both, and else not even hinted at."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import Access, called_by, caller_of, program_of
from yuimaru.services.desks.queries import reachable


@dataclass(frozen=True)
class Related:
    """A case that this one has called, or that has called this one, by its latest task."""

    task: Task
    procedure: str
    calls: bool

    @property
    def case(self) -> Case:
        return self.task.case


def related(opened: Access, standing: Standing, lang: str) -> list[Related]:
    """The calling case first, then those called."""
    case = opened.task.case
    above = caller_of(case)
    pairs = [(above, True)] if above else []
    pairs += [(each, False) for each in called_by(case)]
    mine = reachable(standing.actor, standing.mandates, on=standing.on).select_related("case")
    found = []
    for other, calls in pairs:
        task = mine.filter(case=other).order_by("-opened_at", "-id").first()
        if task is not None:
            found.append(Related(task, program_of(other).title(lang), calls))
    return found
