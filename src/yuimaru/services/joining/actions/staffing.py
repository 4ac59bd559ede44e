"""Sections and people as an administrator enters them on a page: some rows at once, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import members, section_named
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.joining.actions.adding import settle_person
from yuimaru.services.joining.rules.faults import Fault, Refused
from yuimaru.services.joining.rules.sheet import SectionEntry, StaffEntry

NAME_TAKEN = Fault(
    ("name",),
    "name_taken",
    "この名前の所属はもうあります。ほかの名前にするか、その所属の行で直してください。",
    "There is a section of this name. Choose another name, or change it in its own row.",
)


@dataclass(frozen=True)
class Invited:
    """Somebody with the secret that opens their first password."""

    user: User
    secret: str


@transaction.atomic
def save_sections(
    *,
    owner: Organisation,
    known: Mapping[int, tuple[UUID, SectionEntry]],
    new: Mapping[int, SectionEntry],
    by: Actor,
    at: datetime,
) -> None:
    """Change known sections and add new ones, each under the number of its row. Raises Refused, NotVisible."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    faults: list[Fault] = []
    for row, (section_id, entry) in known.items():
        same = section_named(entry.name)
        if same is not None and same.pk != section_id:
            faults.append(NAME_TAKEN.under(row))
        else:
            people.change_section(owner=owner, section_id=section_id, by=by, at=at, **_facts(entry))
    for row, entry in new.items():
        same, facts = section_named(entry.name), _facts(entry)
        if same is None:
            people.create_section(owner=owner, is_general=False, by=by, at=at, **facts)
        elif any(getattr(same, name) != value for name, value in facts.items()):
            faults.append(NAME_TAKEN.under(row))
    if faults:
        raise Refused(faults)


@transaction.atomic
def save_staff(
    *, owner: Organisation, new: Mapping[int, StaffEntry], by: Actor, at: datetime
) -> list[Invited]:
    """Bring people in, each under the number of their row, and invite them. Raises Refused, NotVisible."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    faults: list[Fault] = []
    invited = []
    for row, entry in new.items():
        try:
            user = settle_person(owner=owner, entry=entry, by=by, at=at) or _member(owner, entry.login, at)
        except Refused as refused:
            faults.extend(fault.under(row) for fault in refused.faults)
            continue
        if not user.has_usable_password():
            invited.append(Invited(user, people.invite(owner=owner, user=user, by=by, at=at)))
    if faults:
        raise Refused(faults)
    return invited


def invite(*, owner: Organisation, user_id: UUID, by: Actor, at: datetime) -> Invited:
    """Invite anew a member who has not come yet. Raises NotVisible for everybody else."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    found = [member.user for member in members(owner, on=localdate(at)) if member.user.pk == user_id]
    if not found:
        raise NotVisible(str(user_id))
    return Invited(found[0], people.invite(owner=owner, user=found[0], by=by, at=at))


def _member(owner: Organisation, login: str, at: datetime) -> User:
    """Somebody who was just found to be a member."""
    return next(member.user for member in members(owner, on=localdate(at)) if member.user.login == login)


def _facts(entry: SectionEntry) -> dict[str, str]:
    return entry.model_dump(exclude={"general"})
