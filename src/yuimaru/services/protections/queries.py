"""Reading: what is withheld from somebody, and the measures for those who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.services.protections.models import Concern, Measure
from yuimaru.services.protections.rules import Mention, State, state


@dataclass(frozen=True)
class Sheet:
    """A measure as the officials named for it read it."""

    id: UUID
    name: str
    kana: str
    born: date
    since: date
    until: date
    lifted_at: datetime | None
    state: State


def sheet(measure: Measure, *, on: date) -> Sheet:
    """What stands in a measure, and how it stands on a day."""
    person, since, until, lifted_at = measure.person, measure.since, measure.until, measure.lifted_at
    born = date.fromisoformat(person["born"])
    stands = state(since=since, until=until, lifted_at=lifted_at, on=on)
    return Sheet(measure.pk, person["name"], person["kana"], born, since, until, lifted_at, stands)


def withheld(actor: Actor, *, on: date) -> Q:
    """A condition on rows with a data key (`key`): nothing that speaks of somebody protected on that day.

    Officials named for it see those of their own organisation; nobody sees those of others.
    """
    live = _live(on)
    if may(actor, Verb.PROTECT, actor.organisation_id):
        live = live.exclude(owner_id=actor.organisation_id)
    return Q(key__in=live.values("subject"))


def concerned(*, on: date) -> Q:
    """A condition on rows with a data key: what speaks of somebody protected on that day."""
    return Q(key__in=_live(on).values("subject"))


def is_withheld(subject: UUID | None, *, actor: Actor, on: date) -> bool:
    """Whether what lies under this data key does not exist for the actor."""
    if subject is None or not is_concerned(subject, on=on):
        return False
    theirs = _live(on).filter(subject_id=subject, owner_id=actor.organisation_id).exists()
    return not (theirs and may(actor, Verb.PROTECT, actor.organisation_id))


def is_concerned(subject: UUID, *, on: date) -> bool:
    """Whether what lies under this data key speaks of somebody protected on that day."""
    return _live(on).filter(subject_id=subject).exists()


def subjects_of(measure: Measure) -> list[UUID]:
    """The data keys of what was found of a measure and not released."""
    found = Concern.objects.filter(measure=measure, released_at=None)
    return list(found.order_by("found_at", "id").values_list("subject_id", flat=True))


def measures(owner: Organisation) -> list[Measure]:
    """The measures of an organisation that were not lifted, soonest end first."""
    standing = Measure.objects.filter(owner=owner, lifted_at=None)
    return list(standing.select_related("key", "owner").order_by("until", "id"))


def get_measure(measure_id: UUID, owner: Organisation, *, lock: bool = False) -> Measure:
    """A measure of the organisation; raises NotVisible."""
    rows = Measure.objects.select_for_update(of=("self",)) if lock else Measure.objects.all()
    found = rows.filter(pk=measure_id, owner=owner).select_related("key", "owner").first()
    if found is None:
        raise NotVisible(str(measure_id))
    return found


def digest(owner_id: int, mention: Mention) -> str:
    """What stands in the index for a mention: keyed, and another one in each organisation."""
    text = "\n".join((str(owner_id), *mention.words))
    return salted_hmac("protections.trait", text, algorithm="sha256").hexdigest()


def _live(on: date) -> QuerySet[Concern]:
    return Concern.objects.filter(
        released_at=None, measure__lifted_at=None, measure__since__lte=on, measure__until__gte=on
    )
