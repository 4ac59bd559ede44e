"""What each role may do, in the own organisation and under a mandate; plain values only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from yuimaru.foundation.tenancy.actors import Actor, Role


class Verb(StrEnum):
    """The closed list of what can be done to something that somebody owns."""

    SUBMIT = "submit"
    SEE_CASES = "see_cases"
    WORK_ON_TASKS = "work_on_tasks"
    DECIDE = "decide"
    REVEAL = "reveal"
    PROTECT = "protect"
    MANAGE_DOCUMENTS = "manage_documents"
    ANSWER_QUESTIONS = "answer_questions"
    MANAGE_ADOPTIONS = "manage_adoptions"
    PUBLISH_KATA = "publish_kata"
    MANAGE_ORGANISATION = "manage_organisation"
    START_MUNICIPALITY = "start_municipality"
    READ_AUDIT = "read_audit"


class NotVisible(Exception):
    """Unknown, or not for this actor: both are answered with the same 404."""


class Forbidden(Exception):
    """Visible but not allowed: answered with 403 and this reason in words."""

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reason_en = reason_en


OWN: dict[Role, frozenset[Verb]] = {
    Role.RESIDENT: frozenset({Verb.SUBMIT}),
    Role.CLERK: frozenset(
        {Verb.SUBMIT, Verb.SEE_CASES, Verb.WORK_ON_TASKS, Verb.REVEAL, Verb.ANSWER_QUESTIONS}
    ),
    Role.DECIDER: frozenset(
        {Verb.SEE_CASES, Verb.WORK_ON_TASKS, Verb.DECIDE, Verb.REVEAL, Verb.ANSWER_QUESTIONS}
    ),
    # Works on ordinary cases too, so that acting on one says nothing about it.
    Role.PROTECTION_OFFICER: frozenset(
        {
            Verb.SUBMIT,
            Verb.SEE_CASES,
            Verb.WORK_ON_TASKS,
            Verb.REVEAL,
            Verb.PROTECT,
            Verb.ANSWER_QUESTIONS,
        }
    ),
    Role.AUTHOR: frozenset({Verb.MANAGE_DOCUMENTS, Verb.ANSWER_QUESTIONS}),
    Role.REVIEWER: frozenset({Verb.MANAGE_DOCUMENTS, Verb.ANSWER_QUESTIONS}),
    Role.MUNICIPALITY_ADMIN: frozenset(
        {
            Verb.MANAGE_DOCUMENTS,
            Verb.ANSWER_QUESTIONS,
            Verb.MANAGE_ADOPTIONS,
            Verb.MANAGE_ORGANISATION,
            Verb.READ_AUDIT,
        }
    ),
    Role.CONSORTIUM_ADMIN: frozenset(
        {
            Verb.MANAGE_DOCUMENTS,
            Verb.PUBLISH_KATA,
            Verb.MANAGE_ORGANISATION,
            Verb.START_MUNICIPALITY,
            Verb.READ_AUDIT,
        }
    ),
    Role.AUDITOR: frozenset({Verb.READ_AUDIT}),
    Role.OPERATOR_AGENT: frozenset(),
    Role.OPERATOR_LEAD: frozenset({Verb.READ_AUDIT}),
    Role.PLATFORM_OPERATOR: frozenset(),  # keeps the machine running, sees no case
    Role.SYSTEM: frozenset(Verb) - {Verb.DECIDE},
}

UNDER_MANDATE: dict[Role, frozenset[Verb]] = {
    Role.OPERATOR_AGENT: frozenset({Verb.SEE_CASES, Verb.WORK_ON_TASKS, Verb.REVEAL}),
    Role.OPERATOR_LEAD: frozenset({Verb.SEE_CASES, Verb.WORK_ON_TASKS, Verb.REVEAL}),
}


def may(actor: Actor, verb: Verb, owner_id: int, *, mandated: bool = False) -> bool:
    """Whether the actor may do this to something of that owner; `mandated` when a live mandate covers it."""
    if owner_id == actor.organisation_id:
        return any(verb in OWN.get(role, frozenset()) for role in actor.roles)
    return mandated and any(verb in UNDER_MANDATE.get(role, frozenset()) for role in actor.roles)


def require(actor: Actor, verb: Verb, owner_id: int, *, mandated: bool = False) -> None:
    """Raise `NotVisible` for what belongs to others, `Forbidden` for what the actor's role does not allow."""
    if may(actor, verb, owner_id, mandated=mandated):
        return
    if owner_id != actor.organisation_id and not mandated:
        raise NotVisible
    raise Forbidden("この操作をする権限がありません。", "Your role does not allow this.")


def is_live(on: date, *, valid_from: date, valid_to: date | None, revoked_at: datetime | None) -> bool:
    """Whether a mandate holds on that day; a revoked one holds no longer, from the next request on."""
    return revoked_at is None and valid_from <= on and (valid_to is None or on <= valid_to)


def may_decide(legal_form: str) -> bool:
    """Whether a taker under this legal form may make dispositions; a private contractor never does."""
    return legal_form != "outsourcing"


def refuse_deciding_steps(legal_form: str, steps: Collection[str], deciding: Collection[str]) -> None:
    """Refuse a mandate of 民間委託 over a step that decides (処分): preparing may be contracted out, deciding not."""
    crossed = sorted(set(steps) & set(deciding))
    if crossed and not may_decide(legal_form):
        named = "」「".join(crossed)
        raise Forbidden(
            f"民間委託では、決定を行う工程「{named}」を任せることはできません。団体の職の担当にしてください。",
            f"A private contractor cannot be given the deciding step “{', '.join(crossed)}”. "
            "Leave it with a post of the municipality.",
        )
