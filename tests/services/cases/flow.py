"""The steps of an application, as the tests of cases tell them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from uuid import UUID

from tests import cast
from tests.conftest import actor
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality, get_organisation, live_mandates
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.actions import Receipt
from yuimaru.services.cases.models import Approval, Case, Mark, Task
from yuimaru.services.cases.queries import Access, open_marks
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures.models import Draft

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=cast.TOKYO)
TODAY = NOW.date()
KEY = "key-0123456789"
TOWNS = {cast.OUMI: "oumi", cast.MIDORINO: "midorino", cast.TSUKIHAMA: "tsukihama"}
SIGNERS = {"手当係長": "{}-leader", "子育て支援課長": "{}-decider", "子ども課長": "{}-decider"}


def draft(town_code: str = cast.OUMI, resident: cast.Resident | None = None, **changed: object) -> Draft:
    """A filled-in draft; `changed` answers replace those of the resident."""
    town = get_municipality(town_code)
    by = Actor.resident(town)
    with scope(by):
        adopted = get_adopted(town, "jidou-teate", on=TODAY)
        begun = procedures.start_draft(owner=town, adopted=adopted, by=by, at=NOW)
        given = cast.answers(resident or cast.RESIDENTS[0], sent_on=TODAY)
        return procedures.save_step(draft=begun, step_id="確認", values={**given, **changed}, by=by, at=NOW)


def send(filled: Draft, key: str = KEY, at: datetime = NOW) -> Receipt:
    """Send a draft as its resident."""
    by = Actor.resident(filled.owner)
    with scope(by):
        return actions.submit(owner=filled.owner, draft_id=filled.pk, key=key, by=by, at=at)


def sent_case(town_code: str = cast.OUMI) -> Case:
    """A case that has just been opened."""
    receipt = send(draft(town_code))
    return case(town_code, receipt.number)


def case(town_code: str, number: str) -> Case:
    """The case as it stands now."""
    town = get_municipality(town_code)
    with scope(Actor.system(town)):
        return Case.objects.select_related("submission", "owner").get(owner=town, number=number)


def waiting(of: Case) -> Task:
    """The case's open task."""
    with scope(Actor.system(of.owner)):
        return Task.objects.get(case=of, done_at=None)


def standing(login: str, on: date = TODAY) -> AbstractContextManager[tuple[int, ...]]:
    """The scope in which a person works on a day."""
    who = actor(login, on)
    return scope(who, mandates=live_mandates(taker_id=who.organisation_id, on=on))


def act(login: str, of: Case, action: str, note: str = "", at: datetime = NOW) -> Task:
    """Let a person act on the case's open task; what must go a route goes it, and this person decides."""
    task = waiting(of)
    if task.waits_for in (Task.Waits.DRAFT, Task.Waits.MARKS):
        return approve(login, of, at)
    task_id = task.pk
    with standing(login):
        return actions.act(task_id=task_id, action=action, note=note, by=actor(login), at=at, on=TODAY)


def draft_decision(of: Case, login: str = "", at: datetime = NOW) -> Approval:
    """Let the clerk of the town, or somebody else, put the case to a decision."""
    task_id, login = waiting(of).pk, login or f"{TOWNS[of.owner.code]}-clerk"
    with standing(login):
        return actions.draft(task_id=task_id, by=actor(login), at=at, on=TODAY)


def route(of: Case) -> list[Mark]:
    """The marks of the case's open draft, in their order."""
    with scope(Actor.system(of.owner)):
        return list(Mark.objects.filter(approval__task=waiting(of)).order_by("number"))


def sign(login: str, of: Case, verdict: str = "approved", opinion: str = "", at: datetime = NOW) -> Approval:
    """Let a person set the mark that waits for them, or try at the first that waits for anybody."""
    with standing(login):
        who = actor(login)
        mark = (
            open_marks(who, get_organisation(who.organisation_code), on=TODAY)
            .filter(approval__task__case=of)
            .first()
        )
        mark = mark or Mark.objects.filter(approval__task__case=of, done_at=None).order_by("number")[0]
        return actions.sign(mark_id=mark.pk, verdict=verdict, opinion=opinion, by=who, at=at, on=TODAY)


def approve(login: str, of: Case, at: datetime = NOW) -> Task:
    """Bring the case through its route; the last mark is this person's."""
    task = waiting(of)
    if task.waits_for == Task.Waits.DRAFT:
        draft_decision(of, at=at)
    for mark in route(of)[:-1]:
        sign(SIGNERS[mark.title].format(TOWNS[of.owner.code]), of, at=at)
    sign(login, of, at=at)
    return task


def open_task(login: str, task_id: UUID, on: date = TODAY) -> Access:
    """Let a person open a task."""
    with standing(login, on):
        return actions.open_task(task_id=task_id, by=actor(login, on), at=NOW, on=on)
