"""個人番号 lie apart from all other answers, under a key of their own, and can be destroyed without them (番号法第20条)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yuimaru.core.kata import individual_numbers
from yuimaru.core.kata.facts import Answers
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.keys.actions import destroy_key, make_key
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.procedures.models import IndividualNumber, Submission

DESTROYED = "numbers.destroyed"


def put_away(
    *, owner_id: int, subject: DataKey, program: Program, answers: Answers, at: datetime
) -> dict[str, Any]:
    """The answers with a reference in place of every number; the numbers themselves are stored apart.

    `subject` is the key of the application, under which all its other answers lie.
    """
    kept = dict(answers)
    for item, number in individual_numbers.typed_numbers(program, answers).items():
        row = IndividualNumber(
            owner_id=owner_id, subject=subject, item=item, key=_key(owner_id, subject, at), kept_at=at
        )
        row.number = number
        row.save(force_insert=True)
        kept[item] = individual_numbers.reference(str(row.pk))
    return kept


def drop_numbers(*, subject: DataKey, before: Answers, after: Answers) -> None:
    """Delete what an answer that was replaced or taken back had kept."""
    gone = individual_numbers.references(before) - individual_numbers.references(after)
    if gone:
        IndividualNumber.objects.filter(subject=subject, pk__in=gone).delete()


def drop_all_but(*, subject: DataKey, answers: Answers) -> None:
    """Delete every number of an application that its answers, as they are sent, do not speak of."""
    kept = individual_numbers.references(answers)
    IndividualNumber.objects.filter(subject=subject).exclude(pk__in=kept).delete()


@transaction.atomic
def destroy_numbers(*, submission: Submission, by: Actor, at: datetime) -> int:
    """Make the numbers of an application unreadable for ever, in every backup too; its other answers stay.

    Gives how many there were; a second time there are none left and nothing is recorded.

    :raises NotVisible, Forbidden: only who manages the municipality may decide this.
    """
    require(by, Verb.MANAGE_ORGANISATION, submission.owner_id)
    count = destroy_key_of(subject=submission.key, owner=submission.owner, by=by, at=at)
    if count:
        record(
            DESTROYED,
            owner_id=submission.owner_id,
            owner=submission.owner.code,
            by=by.ref,
            at=at,
            about=f"submission:{submission.pk}",
            data={"number": submission.number, "count": count},
        )
    return count


def destroy_key_of(*, subject: DataKey, owner: Organisation, by: Actor, at: datetime) -> int:
    """Destroy the key of a subject's numbers, if it has any that can still be read; gives how many."""
    rows = IndividualNumber.objects.filter(subject=subject, key__destroyed_at=None).select_related("key")
    keys: Mapping[Any, DataKey] = {row.key_id: row.key for row in rows}
    for key in keys.values():
        destroy_key(key=key, owner=owner.code, by=by.ref, at=at)
    return len(rows)


def _key(owner_id: int, subject: DataKey, at: datetime) -> DataKey:
    """The key of the subject's numbers; after it was destroyed, a number given anew gets a new one."""
    rows = IndividualNumber.objects.filter(subject=subject, key__destroyed_at=None).select_related("key")
    first = rows.first()
    return first.key if first else make_key(owner_id=owner_id, at=at)
