"""Who somebody is on a given day, and which section answers for what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet

from yuimaru.foundation.people import rules
from yuimaru.foundation.people.models import ApiToken, Assignment, Post, Section, User
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
    return Standing(organisation, replace(actor, roles=roles), tuple(post.title for post in posts))


def general_section() -> Section | None:
    """The first contact of the municipality whose scope is open."""
    return Section.objects.filter(is_general=True).first()


def section_named(name: str) -> Section | None:
    """The section of this name in the open scope."""
    return Section.objects.filter(name=name).first()


def names_of(user_ids: set[str]) -> dict[str, str]:
    """The display names of these people, by id as text."""
    return {str(user.pk): user.name for user in User.objects.filter(pk__in=user_ids)}


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
