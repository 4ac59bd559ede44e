"""Who somebody is on a given day, who holds and who stands in at a post, and which section answers for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet

from yuimaru.foundation.people import rules
from yuimaru.foundation.people.models import Absence, ApiToken, Assignment, Deputy, Post, Section, User
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope


@dataclass(frozen=True)
class Standing:
    """いまの立場: one organisation in whose name a person may act today, with the roles held there."""

    organisation: Organisation
    actor: Actor
    posts: tuple[str, ...]


def standings(user: User, *, on: date) -> list[Standing]:
    """Every organisation the person holds a post in on that day, by code; none for people who have left."""
    holds = Q(until=None) | Q(until__gte=on)
    assignments = (
        Assignment.objects.filter(holds, user=user, since__lte=on)
        .select_related("organisation")
        .order_by("organisation__code", "since")
    )
    by_organisation: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        by_organisation.setdefault(assignment.organisation_id, []).append(assignment)
    return [_standing(user, held) for held in by_organisation.values()]


def _standing(user: User, held: list[Assignment]) -> Standing:
    """The assignments let the person into the organisation; what the posts are is read in there."""
    organisation = held[0].organisation
    actor = Actor("person", organisation.pk, organisation.code, frozenset(), user.pk, user.name)
    with scope(actor):
        found = Post.objects.in_bulk([assignment.post_id for assignment in held])
    posts = [found[assignment.post_id] for assignment in held]
    roles = frozenset(Role(post.role) for post in posts)
    sections = frozenset(post.section_id for post in posts)
    actor = replace(actor, roles=roles, sections=sections)
    return Standing(organisation, actor, tuple(post.title for post in posts))


def general_section() -> Section | None:
    """The first contact of the municipality whose scope is open."""
    return Section.objects.filter(is_general=True).first()


def section_named(name: str) -> Section | None:
    """The section of this name in the open scope."""
    return Section.objects.filter(name=name).first()


def people_of(user_ids: set[str]) -> dict[str, User]:
    """These people, by id as text."""
    return {str(user.pk): user for user in User.objects.filter(pk__in=user_ids)}


def invited(user_id: UUID, secret: str) -> User:
    """The person who was invited with this secret and has no password yet; raises NotVisible."""
    user = User.objects.filter(pk=user_id).first()
    if user is None or user.has_usable_password() or not default_token_generator.check_token(user, secret):
        raise NotVisible(str(user_id))
    return user


@dataclass(frozen=True)
class Member:
    """A person in a post of an organisation; `arrived` once they have a password."""

    user: User
    post: Post
    arrived: bool


def members(owner: Organisation, *, on: date) -> list[Member]:
    """Who holds which post of the organisation whose scope is open, by section and title of the post."""
    holds = Q(until=None) | Q(until__gte=on)
    assignments = (
        Assignment.objects.filter(holds, organisation=owner, since__lte=on)
        .select_related("user", "post__section")
        .order_by("post__section__name", "post__title", "user__login")
    )
    return [Member(held.user, held.post, held.user.has_usable_password()) for held in assignments]


@dataclass(frozen=True)
class Office:
    """職 on a day: who holds it, and who may sign for it because nobody of them is there."""

    post: Post
    holders: tuple[User, ...]
    stand_ins: tuple[User, ...]


def offices(owner: Organisation, *, on: date) -> dict[UUID, Office]:
    """Every post of an organisation whose rows are open, by id, by section and title."""
    people = {
        (held.post_id, held.user_id): held.user
        for held in Assignment.objects.filter(
            Q(until=None) | Q(until__gte=on), organisation=owner, since__lte=on
        ).select_related("user")
    }
    holders: dict[UUID, frozenset[UUID]] = {}
    for post_id, user_id in people:
        holders[post_id] = holders.get(post_id, frozenset()) | {user_id}
    by_id = {user.pk: user for user in people.values()}
    away = [
        rules.Away(one.absence.post_id, one.absence.user_id, tuple(post.pk for post in one.deputies))
        for one in absences(owner, on=on)
        if one.absence.since <= on
    ]
    posts = (
        Post.objects.filter(owner=owner).select_related("section").order_by("section__name", "title", "id")
    )
    return {
        post.pk: Office(
            post,
            _by_name(by_id[user] for user in holders.get(post.pk, frozenset())),
            _by_name(by_id[user] for user in rules.stand_ins(post.pk, holders, away)),
        )
        for post in posts
    }


class NoOffice(LookupError):
    """A post that rules on decisions name is not to be found; `code`: unknown or ambiguous."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def office_named(
    found: Iterable[Office], name: str, *, section: str | None, near: Collection[UUID] = ()
) -> Office:
    """The post of this name in the named section; else that of the sections `near`, else the only one there is.

    :raises NoOffice: there is none, or there are several.
    """
    named = [office for office in found if rules.answers_to(office.post.title, name)]
    if section is not None:
        named = [office for office in named if office.post.section.name == section]
    else:
        named = [office for office in named if office.post.section_id in near] or named
    if len(named) != 1:
        raise NoOffice("ambiguous" if named else "unknown")
    return named[0]


@dataclass(frozen=True)
class PlannedAbsence:
    """An absence with the posts that sign meanwhile, in their order."""

    absence: Absence
    deputies: tuple[Post, ...]


def absences(owner: Organisation, *, on: date) -> list[PlannedAbsence]:
    """Absences that hold on a day or are still to come, soonest first."""
    live = Absence.objects.filter(owner=owner, ended_at=None, until__gte=on)
    found = list(live.select_related("post__section", "user").order_by("since", "id"))
    deputies: dict[UUID, list[Post]] = {one.pk: [] for one in found}
    for deputy in Deputy.objects.filter(absence__in=found).order_by("place").select_related("post__section"):
        deputies[deputy.absence_id].append(deputy.post)
    return [PlannedAbsence(one, tuple(deputies[one.pk])) for one in found]


def _by_name(users: Iterable[User]) -> tuple[User, ...]:
    return tuple(sorted(users, key=lambda user: (user.name, user.login)))


def list_sections() -> QuerySet[Section]:
    """The sections of the open scope: the general one first, then by id as they were added."""
    return Section.objects.order_by("-is_general", "id")


def live_token(secret: str, *, at: datetime) -> ApiToken | None:
    """The token of this secret with its organisation, unless it has expired or was revoked."""
    return (
        ApiToken.objects.filter(sha256=rules.fingerprint(secret), revoked_at=None, expires_at__gt=at)
        .select_related("organisation")
        .first()
    )


def list_tokens(organisation: Organisation) -> list[ApiToken]:
    """Every token the organisation has given, ended ones too, newest first."""
    return list(ApiToken.objects.filter(organisation=organisation).order_by("-created_at", "-id"))


def sections_of(actor: Actor, *, on: date) -> frozenset[UUID]:
    """The sections in which a person holds a post of the actor's organisation on that day."""
    assignments = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=on),
        user=actor.user_id,
        organisation=actor.organisation_id,
        since__lte=on,
    )
    return frozenset(assignments.values_list("post__section", flat=True))
