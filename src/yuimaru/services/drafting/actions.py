"""Having a reply drafted: who did so is in the log, what was drafted is kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.cases.queries import Access, access
from yuimaru.services.drafting import events
from yuimaru.services.drafting.queries import draft_reply, may_draft
from yuimaru.services.drafting.rules.enquiry import PERSONAL, QUESTION, RECORD, asked, nameless
from yuimaru.services.drafting.rules.letter import Draft, Reply, Statement, number_of
from yuimaru.services.knowledge.actions import word


class Opened(NamedTuple):
    """An enquiry as one person may see it, and the reply that is drafted for it."""

    access: Access
    draft: Draft


def open_reply(*, task_id: UUID, by: Actor, at: datetime, on: date) -> Opened:
    """Draft the reply to an enquiry; the log keeps who had it drafted under which mandate.

    Must not run in a transaction: a model may word it.

    :raises NotVisible: unknown, outside the actor's organisation and mandates, of a protected person, or no
        enquiry that waits for a reply.
    """
    opened = access(task_id, by=by, on=on)
    if not may_draft(opened):
        raise NotVisible(str(task_id))
    _record(opened, by=by, at=at)
    case = opened.task.case
    answers: Mapping[str, Any] = case.submission.answers
    shown = {
        item: str(answers.get(item) or "")
        for item in (QUESTION, RECORD)
        if opened.visibility(item) == "shown"
    }
    names = [str(answers.get(item) or "") for item in PERSONAL]
    questions = asked(shown[QUESTION], shown.get(RECORD, ""), names)
    draft = draft_reply(case.owner, questions, reader=by, on=on)
    return Opened(opened, worded(draft, owner=case.owner, names=names, at=at))


def worded(draft: Draft, *, owner: Organisation, names: Sequence[str] = (), at: datetime) -> Draft:
    """The draft in the words of the owner's model, where it has one that may be asked now and says no more than
    the quotes; else as it is. Names that are given do not leave the house. Must not run in a transaction.
    """
    replies = tuple(_worded(reply, draft, owner, names, at) for reply in draft.replies)
    return replace(draft, replies=replies, by_model=replies != draft.replies)


def _worded(reply: Reply, draft: Draft, owner: Organisation, names: Sequence[str], at: datetime) -> Reply:
    if not reply.statements:
        return reply
    question = nameless(reply.answer.question, names)
    said = word(replace(reply.answer, question=question), owner, at=at)
    if not said:
        return reply
    quoted = [sentence.citations[0] for sentence in reply.answer.sentences]
    statements = tuple(
        Statement(one.text, tuple(sorted({number_of(draft.sources, quoted[place]) for place in one.quotes})))
        for one in said
    )
    return replace(reply, statements=statements)


@transaction.atomic
def _record(opened: Access, *, by: Actor, at: datetime) -> None:
    case = opened.task.case
    mandate = {"mandate": str(opened.mandate.pk)} if opened.mandate else {}
    record(
        events.DRAFTED,
        owner_id=case.owner_id,
        owner=case.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{case.pk}",
        data={"number": case.number, "step": opened.task.step, **mandate},
    )
