"""What has happened to the residents' applications before the visitor comes: real acts, in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from yuimaru.demo import cast
from yuimaru.demo.residents import RESIDENTS, Resident, answers
from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import standings
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality, live_mandates
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions as cases
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.procedures import actions as procedures

KATA = "jidou-teate"
PLACE = {cast.OUMI: "oumi", cast.MIDORINO: "midorino", cast.TSUKIHAMA: "tsukihama"}
CORRECTION = "口座番号が6けたで入力されています。通帳のとおり7けたで入力してください。"
REFUSAL = "請求する方の住民登録が町内になく、ほかの市区町村が支給することになるためです。"


@dataclass(frozen=True)
class Act:
    """One thing that happens at one moment."""

    at: datetime
    do: Callable[[datetime], None]


def live_through(*, now: datetime) -> None:
    """Let every resident's application come as far as their state says."""
    acts = [act for resident in RESIDENTS for act in _life(resident, now)]
    for act in sorted(acts, key=lambda act: act.at):
        act.do(act.at)


def _life(resident: Resident, now: datetime) -> list[Act]:
    """The acts of one application; each is a few hours or days after the one before, and none in the future."""
    sent = now - timedelta(days=resident.sent_days_ago, hours=2)
    course: dict[str, list[Callable[[datetime], None]]] = {
        "new": [],
        "overdue": [],
        "correction": [lambda at: _act(resident, "centre-agent", "補正を求める", at, CORRECTION)],
        "returned": [
            lambda at: _act(resident, "centre-agent", "補正を求める", at, CORRECTION),
            lambda at: _correct(resident, at),
        ],
        "checked": [lambda at: _act(resident, "centre-agent", "不備なし", at)],
        "drafted": [
            lambda at: _act(resident, "centre-agent", "不備なし", at),
            lambda at: _act(resident, f"{PLACE[resident.town]}-clerk", "認定案", at),
        ],
        "accepted": [
            lambda at: _act(resident, "centre-agent", "不備なし", at),
            lambda at: _act(resident, f"{PLACE[resident.town]}-clerk", "認定案", at),
            lambda at: _act(resident, f"{PLACE[resident.town]}-decider", "承認", at),
        ],
        "rejected": [
            lambda at: _act(resident, "centre-agent", "不備なし", at),
            lambda at: _act(resident, f"{PLACE[resident.town]}-clerk", "却下案", at, REFUSAL),
            lambda at: _act(resident, f"{PLACE[resident.town]}-decider", "承認", at),
        ],
    }
    steps = course[resident.state]
    pause = (now - sent) / (len(steps) + 1)
    later = [Act(sent + pause * (place + 1), do) for place, do in enumerate(steps)]
    return [Act(sent, lambda at: _send(resident, at)), *later]


def _send(resident: Resident, at: datetime) -> None:
    town = get_municipality(resident.town)
    by = Actor.resident(town)
    with scope(by):
        adopted = get_adopted(town, KATA, on=localdate())
        draft = procedures.start_draft(owner=town, adopted=adopted, by=by, at=at)
        given = answers(resident, sent_on=localdate(at))
        procedures.save_step(draft=draft, step_id="確認", values=given, by=by, at=at)
        cases.submit(owner=town, draft_id=draft.pk, key=f"demo-{draft.pk}", by=by, at=at)


def _correct(resident: Resident, at: datetime) -> None:
    town = get_municipality(resident.town)
    by = Actor.resident(town)
    with scope(by):
        case = _case(resident)
        key = f"demo-{case.pk}"
        cases.resubmit(case=case, answers=case.submission.answers, key=key, by=by, at=at)


def _act(resident: Resident, login: str, action: str, at: datetime, note: str = "") -> None:
    on = localdate(at)
    [standing] = standings(User.objects.get(login=login), on=on)
    actor = standing.actor
    mandates = live_mandates(taker_id=actor.organisation_id, on=localdate())
    with scope(actor, mandates=mandates):
        task_id = _waiting(resident)
        cases.act(task_id=task_id, action=action, note=note, by=actor, at=at, on=localdate())


def _case(resident: Resident) -> Case:
    """The resident's case; answers are sealed, so it is found by reading, not by asking the database."""
    cases_of_town = Case.objects.filter(owner__code=resident.town).select_related("submission__key")
    return next(case for case in cases_of_town if case.submission.answers["氏名"] == resident.name)


def _waiting(resident: Resident) -> UUID:
    return Task.objects.get(case=_case(resident), done_at=None).pk
