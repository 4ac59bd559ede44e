"""What has happened to the residents' applications before the visitor comes: real acts, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from yuimaru.core.kata.approval import Verdict
from yuimaru.demo import cast
from yuimaru.demo.papers import attach
from yuimaru.demo.residents import (
    ERRANDS,
    PROTECTED,
    RESIDENTS,
    TOUCHING_HER,
    Deed,
    Errand,
    InDays,
    Paper,
    Resident,
    answers,
)
from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import standings
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality, live_mandates
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions as cases
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import open_marks
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.protections import actions as protections
from yuimaru.services.protections.rules import a_year_on

ALLOWANCE = "jidou-teate"
PLACE = {cast.OUMI: "oumi", cast.MIDORINO: "midorino", cast.TSUKIHAMA: "tsukihama"}
CORRECTION = "口座番号が6けたで入力されています。通帳のとおり7けたで入力してください。"
REFUSAL = "請求する方の住民登録が町内になく、ほかの市区町村が支給することになるためです。"


@dataclass(frozen=True)
class Act:
    """One thing that happens at one moment."""

    at: datetime
    do: Callable[[datetime], None]


def live_through(*, now: datetime) -> None:
    """Let every application come as far as it is told to."""
    errands = (*map(_claim, RESIDENTS), *ERRANDS, *TOUCHING_HER)
    acts = [_protection(now), *(act for errand in errands for act in _life(errand, now))]
    for act in sorted(acts, key=lambda act: act.at):
        act.do(act.at)


def _protection(now: datetime) -> Act:
    """The measure that was recorded before any of them."""
    her = PROTECTED

    def do(at: datetime) -> None:
        [standing] = standings(User.objects.get(login=her.login), on=localdate(at))
        since = localdate(at)
        with scope(standing.actor):
            protections.protect(
                owner=standing.organisation,
                name=her.name,
                kana=her.kana,
                born=her.born,
                since=since,
                until=a_year_on(since),
                by=standing.actor,
                at=at,
            )

    return Act(now - timedelta(days=her.days_ago), do)


def _claim(resident: Resident) -> Errand:
    """The claim of 児童手当 with the deeds that bring it to its state."""
    place = PLACE[resident.town]
    checked = Deed("不備なし", "centre-agent")
    asked = Deed("補正を求める", "centre-agent", CORRECTION)
    drafted = (Deed("起案", f"{place}-clerk"), Deed("回議", f"{place}-leader"))
    approved = Deed("決裁", f"{place}-decider")
    proposed = Deed("認定案", f"{place}-clerk")
    refused = Deed("却下案", f"{place}-clerk", REFUSAL)
    deeds: dict[str, tuple[Deed, ...]] = {
        "new": (),
        "overdue": (),
        "correction": (asked,),
        "returned": (asked, Deed("再提出", corrected={})),
        "checked": (checked,),
        "drafted": (checked, proposed, *drafted),
        "accepted": (checked, proposed, *drafted, approved),
        "rejected": (checked, refused, *drafted, approved, Deed("決裁", f"{place}-mayor")),
    }
    sent_on = localdate() - timedelta(days=resident.sent_days_ago)
    given = answers(resident, sent_on=sent_on)
    return Errand(resident.town, ALLOWANCE, resident.sent_days_ago, given, deeds[resident.state])


def _life(errand: Errand, now: datetime) -> Iterator[Act]:
    """The acts of one application, evenly spread over the time since it was sent; none in the future."""
    sent = now - timedelta(days=errand.sent_days_ago, hours=2)
    pause = (now - sent) / (len(errand.deeds) + 1)
    yield Act(sent, lambda at: _send(errand, at))
    for place, deed in enumerate(errand.deeds, start=1):
        yield Act(sent + pause * place, _doing(errand.name, deed, errand.town))


def _doing(name: str, deed: Deed, town: str) -> Callable[[datetime], None]:
    if deed.corrected is not None:
        corrected = deed.corrected
        return lambda at: _correct(name, town, corrected, at)
    return lambda at: _act(name, deed, at)


def _send(errand: Errand, at: datetime) -> None:
    town = get_municipality(errand.town)
    by = Actor.resident(town)
    with scope(by):
        adopted = get_adopted(town, errand.kata, on=localdate())
        last_step = adopted.program.applicant_form.steps[-1].id
        draft = procedures.start_draft(owner=town, adopted=adopted, by=by, at=at)
        given = _filled(errand.given, town, by, at)
        procedures.save_step(draft=draft, step_id=last_step, values=given, by=by, at=at)
        cases.submit(owner=town, draft_id=draft.pk, key=f"demo-{draft.pk}", by=by, at=at)


def _filled(given: Mapping[str, Any], town: Organisation, by: Actor, at: datetime) -> dict[str, Any]:
    """The answers with papers stored and days counted from the day of sending."""
    filled = dict(given)
    for name, value in given.items():
        if isinstance(value, Paper):
            filled[name] = attach(value.name, owner=town, by=by, at=at)
        elif isinstance(value, InDays):
            filled[name] = value.after(localdate(at))
    return filled


def _correct(name: str, town_code: str, corrected: Mapping[str, Any], at: datetime) -> None:
    town = get_municipality(town_code)
    by = Actor.resident(town)
    with scope(by):
        case = _case(name)
        given = {**case.submission.answers, **corrected}
        cases.resubmit(case=case, answers=given, key=f"demo-{case.pk}", by=by, at=at)


def _act(name: str, deed: Deed, at: datetime) -> None:
    [standing] = standings(User.objects.get(login=deed.login), on=localdate(at))
    actor = standing.actor
    mandates = live_mandates(taker_id=actor.organisation_id, on=localdate())
    with scope(actor, mandates=mandates):
        task, on = _waiting(name), localdate()
        if task.waits_for == Task.Waits.DRAFT:
            cases.draft(task_id=task.pk, by=actor, at=at, on=on)
        elif task.waits_for == Task.Waits.MARKS:
            mark = open_marks(actor, standing.organisation, on=on).get(approval__task=task)
            cases.sign(mark_id=mark.pk, verdict=Verdict.APPROVED, by=actor, at=at, on=on)
        else:
            cases.act(task_id=task.pk, action=deed.action, note=deed.note, by=actor, at=at, on=on)


def _case(name: str) -> Case:
    """The resident's case; answers are sealed, so it is found by reading, not by asking the database."""
    within = Case.objects.select_related("submission__key")
    return next(case for case in within if case.submission.answers["氏名"] == name)


def _waiting(name: str) -> Task:
    return Task.objects.get(case=_case(name), done_at=None)
