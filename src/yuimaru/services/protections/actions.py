"""Recording, extending and lifting measures; finding applications that speak of a protected person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.keys.actions import make_key
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.procedures.models import Submission
from yuimaru.services.procedures.queries import program_of
from yuimaru.services.protections import events, queries, rules
from yuimaru.services.protections.models import Concern, Measure, Trait

BATCH = 500


@transaction.atomic
def protect(
    *,
    owner: Organisation,
    name: str,
    kana: str,
    born: date,
    since: date,
    until: date,
    by: Actor,
    at: datetime,
) -> Measure:
    """Record a measure; it finds what was sent before as well, in the same commit.

    :raises InvalidMeasure: no name, or dates that cannot stand.
    """
    require(by, Verb.PROTECT, owner.pk)
    rules.require_period(since=since, until=until, on=localdate(at))
    known = rules.known_by(name=name, kana=kana, born=born)
    key = make_key(owner_id=owner.pk, at=at)
    measure = Measure(
        owner=owner, key=key, since=since, until=until, recorded_at=at, recorded_by_id=by.user_id
    )
    measure.person = {"name": name, "kana": kana, "born": born.isoformat()}
    measure.save(force_insert=True)
    digests = sorted({queries.digest(owner.pk, mention) for mention in known})
    Trait.objects.bulk_create([Trait(owner=owner, measure=measure, digest=digest) for digest in digests])
    _note(events.RECORDED, measure, by=by, at=at, since=since.isoformat(), until=until.isoformat())
    _search_earlier(measure, digests, at=at)
    return measure


@transaction.atomic
def extend(*, owner: Organisation, measure_id: UUID, until: date, by: Actor, at: datetime) -> Measure:
    """Let a measure that still holds go on, by a year at most.

    :raises NotVisible: no such measure.
    :raises InvalidMeasure: it has ended or was lifted, or the day cannot stand.
    """
    require(by, Verb.PROTECT, owner.pk)
    measure = _standing(owner, measure_id, on=localdate(at))
    if until <= measure.until or until > rules.a_year_on(measure.until):
        raise rules.InvalidMeasure("until")
    measure.until = until
    measure.save(update_fields=["until"])
    _note(events.EXTENDED, measure, by=by, at=at, until=until.isoformat())
    return measure


@transaction.atomic
def lift(*, owner: Organisation, measure_id: UUID, by: Actor, at: datetime) -> Measure:
    """End a measure at once; what it withheld is ordinary work again.

    :raises NotVisible: no such measure.
    :raises InvalidMeasure: it has ended or was lifted before.
    """
    require(by, Verb.PROTECT, owner.pk)
    measure = _standing(owner, measure_id, on=localdate(at))
    measure.lifted_at = at
    measure.save(update_fields=["lifted_at"])
    _note(events.LIFTED, measure, by=by, at=at)
    return measure


@transaction.atomic
def list_measures(*, owner: Organisation, by: Actor, at: datetime) -> list[Measure]:
    """Look at all measures that were not lifted, soonest end first; the log keeps who did."""
    require(by, Verb.PROTECT, owner.pk)
    found = queries.measures(owner)
    record(
        events.LISTED,
        owner_id=owner.pk,
        owner=owner.code,
        by=by.ref,
        at=at,
        data={"measures": len(found)},
    )
    return found


@transaction.atomic
def open_measure(*, owner: Organisation, measure_id: UUID, by: Actor, at: datetime) -> Measure:
    """Look at a measure; the log keeps who did.

    :raises NotVisible: no such measure.
    """
    require(by, Verb.PROTECT, owner.pk)
    measure = queries.get_measure(measure_id, owner)
    _note(events.OPENED, measure, by=by, at=at)
    return measure


@transaction.atomic
def release(*, owner: Organisation, measure_id: UUID, subject: UUID, by: Actor, at: datetime) -> None:
    """Give an application back to ordinary work: it speaks of somebody else of that name.

    :raises NotVisible: no such measure or application.
    """
    require(by, Verb.PROTECT, owner.pk)
    measure = queries.get_measure(measure_id, owner)
    sent = list(Submission.objects.filter(owner=owner, key_id=subject).select_related("key"))
    if not sent:
        raise NotVisible(str(subject))
    freed = {subject, *(key_id for submission in sent for key_id in _files(submission))}
    Concern.objects.filter(measure=measure, subject_id__in=freed, released_at=None).update(released_at=at)
    _note(events.RELEASED, measure, by=by, at=at, subject=str(subject))


def search(submission: Submission, *, at: datetime) -> None:
    """Find out whether what was just sent speaks of somebody protected; part of the sending's transaction."""
    traits = Trait.objects.filter(
        owner_id=submission.owner_id,
        digest__in=_digests(submission),
        measure__lifted_at=None,
        measure__until__gte=localdate(at),
    )
    for measure_id in set(traits.values_list("measure_id", flat=True)):
        _withhold(submission, measure_id, at=at)


def _search_earlier(measure: Measure, digests: Collection[str], *, at: datetime) -> None:
    """Find what was sent before; compared here, since a question to the database for each would take too long."""
    sent = Submission.objects.filter(owner=measure.owner, key__destroyed_at=None).select_related("key")
    for submission in sent.iterator(BATCH):
        if not _digests(submission).isdisjoint(digests):
            _withhold(submission, measure.pk, at=at)


def _digests(submission: Submission) -> set[str]:
    mentioned = rules.mentions(program_of(submission), submission.answers)
    return {queries.digest(submission.owner_id, mention) for mention in mentioned}


def _withhold(submission: Submission, measure_id: UUID, *, at: datetime) -> None:
    """Note that a submission, and the files that came with it, speak of a protected person."""
    for subject in (submission.key_id, *_files(submission)):
        Concern.objects.get_or_create(
            owner_id=submission.owner_id,
            measure_id=measure_id,
            subject_id=subject,
            defaults={"found_at": at},
        )


def _files(submission: Submission) -> list[UUID]:
    """The data keys of the files that came with a submission."""
    attached = StoredFile.objects.filter(pk__in=list(rules.attached(submission.answers)))
    return [key_id for key_id in attached.values_list("key_id", flat=True) if key_id]


def _standing(owner: Organisation, measure_id: UUID, *, on: date) -> Measure:
    measure = queries.get_measure(measure_id, owner, lock=True)
    if measure.lifted_at is not None or measure.until < on:
        raise rules.InvalidMeasure("measure")
    return measure


def _note(kind: str, measure: Measure, *, by: Actor, at: datetime, **data: str) -> None:
    record(
        kind,
        owner_id=measure.owner_id,
        owner=measure.owner.code,
        by=by.ref,
        at=at,
        about=f"measure:{measure.pk}",
        data=dict(data),
    )
