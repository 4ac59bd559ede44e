"""Setting up sections and posts, and placing people in them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.people.models import Assignment, Post, Section, User
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require


@transaction.atomic
def create_section(
    *, owner: Organisation, name: str, by: Actor, at: datetime, is_general: bool = False, **contact: str
) -> Section:
    """Add a section; `contact` may hold name_en, phone, place, place_en."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    section = Section.objects.create(owner=owner, name=name, is_general=is_general, **contact)
    _record("section.created", owner, f"section:{section.pk}", by=by, at=at)
    return section


@transaction.atomic
def create_post(*, section: Section, title: str, role: Role, by: Actor, at: datetime) -> Post:
    """Add a post that carries a role."""
    require(by, Verb.MANAGE_ORGANISATION, section.owner_id)
    post = Post.objects.create(owner=section.owner, section=section, title=title, role=role.value)
    _record("post.created", section.owner, f"post:{post.pk}", by=by, at=at, role=role.value)
    return post


@transaction.atomic
def assign(
    *, user: User, post: Post, since: date, by: Actor, at: datetime, until: date | None = None
) -> Assignment:
    """Place a person in a post from a day on."""
    require(by, Verb.MANAGE_ORGANISATION, post.owner_id)
    assignment = Assignment.objects.create(
        user=user, organisation=post.owner, post=post, since=since, until=until
    )
    about = f"assignment:{assignment.pk}"
    _record("assignment.made", post.owner, about, by=by, at=at, user=str(user.pk), since=since.isoformat())
    return assignment


def _record(kind: str, owner: Organisation, about: str, *, by: Actor, at: datetime, **data: str) -> None:
    record(kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=about, data=dict(data))
