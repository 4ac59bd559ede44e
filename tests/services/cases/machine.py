"""Procedures with steps of the machine and calls of other procedures, in use in a town."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests import cast
from tests.core.kata import automatic
from tests.services.cases import flow
from yuimaru.core.kata.models import Package
from yuimaru.core.kata.package import Loaded, Sources, canonical, digest
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import get_municipality, get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Attempt, Called, Case, Task
from yuimaru.services.catalogue import actions as catalogue
from yuimaru.services.catalogue.models import Adoption

ANSWERS: dict[str, Any] = {"氏名": "青葉 陽菜", "メール": "haruna@example.jp", "暗証": "うみねこ"}
ENDLESS = timedelta(days=30)


def adopt(package: Package, town_code: str = cast.OUMI) -> Adoption:
    """Publish a kata and put it to use in a town."""
    town = get_municipality(town_code)
    by, text = Actor.system(town), canonical(package)
    loaded = Loaded(package, text, digest(text), Sources())
    with scope(by):
        offered = catalogue.publish(loaded=loaded, publisher=town, by=by, at=flow.NOW)
        return catalogue.adopt(
            owner=town, publication=offered, params={}, valid_from=flow.TODAY, by=by, at=flow.NOW
        )


def sent(kata: str = "telling", answers: Mapping[str, Any] = ANSWERS, town_code: str = cast.OUMI) -> Case:
    """A case that has just come in."""
    town = get_municipality(town_code)
    by = Actor.resident(town)
    with scope(by):
        receipt = actions.submit_answers(
            owner=town, kata=kata, answers=answers, key=f"key-of-{kata}", by=by, at=flow.NOW
        )
    return flow.case(town_code, receipt.number)


def at_machine(answers: Mapping[str, Any] = ANSWERS, **changed: Any) -> Case:
    """A case that waits for the machine to send its notice."""
    Job.objects.all().delete()
    adopt(automatic.telling(**changed))
    case = sent(answers=answers)
    flow.act("oumi-clerk", case, "進める")
    return now(case)


def at_call(**changed: Any) -> Case:
    """A case that waits for another one to be opened and to end."""
    Job.objects.all().delete()
    adopt(automatic.telling())
    adopt(automatic.calling(**changed))
    case = sent("calling")
    flow.act("oumi-clerk", case, "進める")
    return now(case)


def run(at: datetime = flow.NOW) -> int:
    """Run all jobs that are due; gives how many."""
    count = 0
    while run_next(at=at):
        count += 1
    return count


def now(case: Case) -> Case:
    return flow.case(case.owner.code, case.number)


def child_of(case: Case) -> Case:
    """The case that this one has called."""
    with scope(Actor.system(case.owner)):
        called = Called.objects.select_related("case__submission__key", "case__owner").get(task__case=case)
        return called.case


def mandate(case: Case, steps: list[str]) -> None:
    """Let the centre work on some steps of the kata of a case, and of no other."""
    Mandate.objects.create(
        owner=case.owner,
        taker=get_organisation(cast.CENTRE),
        title="事務の委託",
        number="1",
        legal_form="outsourcing",
        kata=case.kata,
        steps=steps,
        fields=["*"],
        valid_from=flow.TODAY,
    )


def attempts(case: Case) -> list[tuple[str, str]]:
    """How the tries of the machine ended, and why."""
    with scope(Actor.system(case.owner)):
        found = Attempt.objects.filter(task__case=case).order_by("task", "number")
        return list(found.values_list("outcome", "reason"))


def done(case: Case) -> list[tuple[str, str]]:
    """The steps of the case that are done, with what was done."""
    with scope(Actor.system(case.owner)):
        found = Task.objects.filter(case=case).exclude(action="").order_by("done_at", "id")
        return list(found.values_list("step", "action"))


def done_task(case: Case, step: str) -> Task:
    """The task of a step that is done."""
    with scope(Actor.system(case.owner)):
        return Task.objects.exclude(action="").get(case=case, step=step)


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in audit.about(case.owner_id, f"case:{case.pk}")]
