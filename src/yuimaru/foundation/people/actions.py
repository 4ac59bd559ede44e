"""Setting up sections and posts, placing people in them, and letting other systems in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.people import queries, rules
from yuimaru.foundation.people.models import Absence, ApiToken, Assignment, Deputy, Post, Section, User
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


class InvalidAbsence(ValueError):
    """What is wrong with an absence; `field`: who, since, until, deputies."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@transaction.atomic
def record_absence(
    *,
    owner: Organisation,
    post_id: UUID | None = None,
    user_id: UUID | None = None,
    since: date,
    until: date,
    deputies: Sequence[UUID],
    by: Actor,
    at: datetime,
) -> Absence:
    """Note that nobody is at a post, or that a person is away, and which posts sign meanwhile, in their order.

    Whoever manages the organisation may; others for their own post and for themselves.

    :raises InvalidAbsence: nobody or somebody of elsewhere, a period that is past or ends before it begins, no deputy,
        or a deputy twice or for itself.
    """
    offices = queries.offices(owner, on=localdate(at))
    held = {user.pk for office in offices.values() for user in office.holders}
    if (post_id is None) == (user_id is None) or not (post_id in offices or user_id in held):
        raise InvalidAbsence("who")
    _require_own(offices, owner, post_id, user_id, by)
    if until < since:
        raise InvalidAbsence("since")
    if until < localdate(at):
        raise InvalidAbsence("until")
    if not deputies or len(set(deputies)) != len(deputies) or not set(deputies) <= offices.keys() - {post_id}:
        raise InvalidAbsence("deputies")
    absence = Absence.objects.create(owner=owner, post_id=post_id, user_id=user_id, since=since, until=until)
    Deputy.objects.bulk_create(
        Deputy(owner=owner, absence=absence, place=place, post_id=post) for place, post in enumerate(deputies)
    )
    period = {"since": since.isoformat(), "until": until.isoformat()}
    _record("absence.recorded", owner, f"absence:{absence.pk}", by=by, at=at, **period)
    return absence


@transaction.atomic
def end_absence(*, owner: Organisation, absence_id: UUID, by: Actor, at: datetime) -> Absence:
    """End an absence at once, by whoever might record it; one that has ended stays as it is.

    :raises NotVisible: the organisation has no such absence.
    """
    absence = Absence.objects.select_for_update(of=("self",)).filter(pk=absence_id, owner=owner).first()
    if absence is None:
        raise NotVisible(str(absence_id))
    offices = queries.offices(owner, on=localdate(at))
    _require_own(offices, owner, absence.post_id, absence.user_id, by)
    if absence.ended_at is None:
        absence.ended_at = at
        absence.save(update_fields=["ended_at"])
        _record("absence.ended", owner, f"absence:{absence.pk}", by=by, at=at)
    return absence


def _require_own(
    offices: Mapping[UUID, queries.Office],
    owner: Organisation,
    post_id: UUID | None,
    user_id: UUID | None,
    by: Actor,
) -> None:
    """Refuse absences of others to whoever does not manage the organisation."""
    office = offices.get(post_id) if post_id else None
    people = {user.pk for user in office.holders} if office else {user_id}
    if by.organisation_id != owner.pk or by.user_id not in people:
        require(by, Verb.MANAGE_ORGANISATION, owner.pk)


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
