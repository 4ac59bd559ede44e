"""The first act: a consortium registers a municipality and names who goes on with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import members
from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.joining.actions.adding import settle_person, settle_section
from yuimaru.services.joining.rules.faults import Fault, Refused
from yuimaru.services.joining.rules.sheet import Founding, SectionEntry, StaffEntry

CODE_TAKEN = Fault(
    ("code",),
    "code_taken",
    "この団体コードはもう登録されています。番号を確かめてください。",
    "This code is registered already. Check the number.",
)


@dataclass(frozen=True)
class Started:
    """A new municipality, its administrator, and the secret with which they choose a password."""

    municipality: Organisation
    administrator: User
    secret: str


@transaction.atomic
def start(
    *,
    consortium: Organisation,
    founding: Founding,
    section: SectionEntry,
    administrator: StaffEntry,
    by: Actor,
    at: datetime,
) -> Started:
    """Register a municipality of the consortium, not public yet, with one section and one administrator in it.

    The same act again gives the same municipality and a new secret. Raises Refused.
    """
    require(by, Verb.START_MUNICIPALITY, consortium.pk)
    town, created = tenancy.register(
        code=founding.code,
        kind=founding.kind,
        name=founding.name,
        parent=consortium,
        facts={"kana": founding.kana},
        is_public=False,
        by=by,
        at=at,
    )
    if not created and (town.parent_id != consortium.pk or town.is_public or town.name != founding.name):
        raise Refused([CODE_TAKEN.under("founding")])
    if created:
        about, data = f"organisation:{town.code}", {"code": town.code}
        record(
            "municipality.started",
            owner_id=consortium.pk,
            owner=consortium.code,
            by=by.ref,
            at=at,
            about=about,
            data=data,
        )
    installation = Actor.system(town)
    with scope(installation):
        return _with_administrator(town, section, administrator, by=installation, at=at)


def _with_administrator(
    town: Organisation, section: SectionEntry, administrator: StaffEntry, *, by: Actor, at: datetime
) -> Started:
    try:
        settle_section(owner=town, entry=section, by=by, at=at)
    except Refused as refused:
        raise Refused([fault.under("section") for fault in refused.faults]) from None
    try:
        user = settle_person(owner=town, entry=administrator, by=by, at=at)
    except Refused as refused:
        raise Refused([fault.under("administrator") for fault in refused.faults]) from None
    if user is None:
        user = next(
            each.user for each in members(town, on=at.date()) if each.user.login == administrator.login
        )
    return Started(town, user, people.invite(owner=town, user=user, by=by, at=at))
