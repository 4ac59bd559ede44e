"""Beginning a procedure with what the same person sent for another one, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from yuimaru.core.kata.carrying import carried
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.catalogue.queries import Adopted
from yuimaru.services.procedures import queries
from yuimaru.services.procedures.actions.drafts import start_draft
from yuimaru.services.procedures.models import Draft, Submission

REUSED = "submission.reused"
AT_ONCE = timedelta(hours=1)


def with_whereabouts(submission: Submission, *, sent_here: bool, at: datetime) -> bool:
    """Whether whereabouts go along: only where it was sent from, and only shortly after.

    Both numbers of an application lie in the letters of a household; so they open names alone, for everybody alike.
    """
    return sent_here and at < submission.submitted_at + AT_ONCE


@transaction.atomic
def start_from(*, earlier: Submission, adopted: Adopted, sent_here: bool, by: Actor, at: datetime) -> Draft:
    """Begin a procedure with what fits of an earlier application; each field says so until its screen is sent."""
    require(by, Verb.SUBMIT, earlier.owner_id)
    draft = start_draft(owner=earlier.owner, adopted=adopted, by=by, at=at)
    whole = with_whereabouts(earlier, sent_here=sent_here, at=at)
    source, target = queries.program_of(earlier), queries.program_of(draft)
    draft.answers = carried(source, earlier.answers, target, with_whereabouts=whole)
    draft.carried = {"number": earlier.number, "items": list(draft.answers)}
    draft.save(update_fields=["answers_sealed", "carried"])
    record(
        REUSED,
        owner_id=earlier.owner_id,
        owner=earlier.owner.code,
        by=by.ref,
        at=at,
        about=f"submission:{earlier.pk}",
        data={"number": earlier.number, "kata": adopted.kata_id, "count": len(draft.answers)},
    )
    return draft


@transaction.atomic
def empty_carried(*, draft: Draft, by: Actor, at: datetime) -> Draft:
    """Take back what came from the earlier application and stands on a screen that was not sent yet."""
    require(by, Verb.SUBMIT, draft.owner_id)
    waiting: Mapping[str, str] = queries.carried_items(draft)
    draft.answers = {name: value for name, value in draft.answers.items() if name not in waiting}
    draft.carried, draft.saved_at = {}, at
    draft.save(update_fields=["answers_sealed", "carried", "saved_at"])
    return draft
