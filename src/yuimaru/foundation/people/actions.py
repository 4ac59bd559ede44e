"""Setting up sections and posts, placing people in them, and letting other systems in."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.people import queries, rules
from yuimaru.foundation.people.models import ApiToken, Assignment, Post, Section, User
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require


class LoginTaken(ValueError):
    """A name under which somebody signs in already, here or elsewhere on the installation."""


@transaction.atomic
def create_section(
    *, owner: Organisation, name: str, by: Actor, at: datetime, is_general: bool = False, **contact: str
) -> Section:
    """Add a section; `contact` may hold name_en, phone, duties, place, place_en."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    section = Section.objects.create(owner=owner, name=name, is_general=is_general, **contact)
    _record("section.created", owner, f"section:{section.pk}", by=by, at=at)
    return section


@transaction.atomic
def change_section(
    *, owner: Organisation, section_id: UUID, by: Actor, at: datetime, **facts: str | bool
) -> bool:
    """Change what a section is called and how it is reached; whether anything differed. Raises NotVisible."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    section = Section.objects.select_for_update().filter(pk=section_id, owner=owner).first()
    if section is None:
        raise NotVisible(str(section_id))
    changed = sorted(name for name, value in facts.items() if getattr(section, name) != value)
    if changed:
        for name in changed:
            setattr(section, name, facts[name])
        section.save(update_fields=changed)
        _record("section.changed", owner, f"section:{section.pk}", by=by, at=at)
    return bool(changed)


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


@transaction.atomic
def employ(
    *,
    section: Section,
    title: str,
    role: Role,
    login: str,
    name: str,
    since: date,
    by: Actor,
    at: datetime,
    name_en: str = "",
) -> User:
    """Bring a person into a new post from a day on; `invite` then lets them choose their first password.

    :raises LoginTaken: somebody signs in under this name already.
    """
    require(by, Verb.MANAGE_ORGANISATION, section.owner_id)
    if User.objects.filter(login=login).exists():
        raise LoginTaken(login)
    user = User.objects.create_user(login, name=name, name_en=name_en)
    _record("person.added", section.owner, f"user:{user.pk}", by=by, at=at)
    post = create_post(section=section, title=title, role=role, by=by, at=at)
    assign(user=user, post=post, since=since, by=by, at=at)
    return user


@transaction.atomic
def invite(*, owner: Organisation, user: User, by: Actor, at: datetime) -> str:
    """A secret with which a person chooses their first password: good for three days, and for once.

    :raises NotVisible: the person has a password already, or works for other organisations as well.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    bodies = set(user.assignments.values_list("organisation_id", flat=True))
    if user.has_usable_password() or bodies != {owner.pk}:
        raise NotVisible(str(user.pk))
    _record("person.invited", owner, f"user:{user.pk}", by=by, at=at)
    return default_token_generator.make_token(user)


@transaction.atomic
def choose_first_password(*, user_id: UUID, secret: str, password: str, at: datetime) -> User:
    """Let an invited person sign in from now on.

    :raises NotVisible: nobody was invited with this secret, or it was used, or has expired.
    """
    list(User.objects.select_for_update().filter(pk=user_id))  # of two at once the second finds it used
    user = queries.invited(user_id, secret)
    organisation = user.assignments.select_related("organisation").earliest("since").organisation
    user.set_password(password)
    user.save(update_fields=["password"])
    by = Actor("person", organisation.pk, organisation.code, frozenset(), user.pk, user.name)
    _record("person.arrived", organisation, f"user:{user.pk}", by=by, at=at)
    return user


@transaction.atomic
def create_token(
    *,
    owner: Organisation,
    name: str,
    expires_at: datetime,
    by: Actor,
    at: datetime,
    secret: str | None = None,
) -> tuple[ApiToken, str]:
    """Give another system a token; returns it and its secret, which is not kept and cannot be shown again.

    Only the demo world brings a `secret` of its own.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    secret = secret or rules.new_secret()
    token = ApiToken.objects.create(
        organisation=owner, name=name, sha256=rules.fingerprint(secret), created_at=at, expires_at=expires_at
    )
    expires = expires_at.isoformat()
    _record("token.created", owner, f"token:{token.pk}", by=by, at=at, expires=expires)
    return token, secret


@transaction.atomic
def revoke_token(*, owner: Organisation, token_id: UUID, by: Actor, at: datetime) -> ApiToken:
    """End a token at once; one that has ended stays as it is.

    :raises NotVisible: the organisation has no such token.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    token = ApiToken.objects.select_for_update().filter(pk=token_id, organisation=owner).first()
    if token is None:
        raise NotVisible(str(token_id))
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        _record("token.revoked", owner, f"token:{token.pk}", by=by, at=at)
    return token


def use_token(*, secret: str, at: datetime) -> ApiToken | None:
    """The live token of a secret, with its organisation, noting the day it was used; None for any other."""
    token = queries.live_token(secret, at=at)
    today = localdate(at)
    if token is not None and token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def _record(kind: str, owner: Organisation, about: str, *, by: Actor, at: datetime, **data: str) -> None:
    record(kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=about, data=dict(data))
