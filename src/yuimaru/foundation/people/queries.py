"""Who somebody is on a given day, and which section answers for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from yuimaru.foundation.people import rules
from yuimaru.foundation.people.models import ApiToken, Assignment, Section, User
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation


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
        .select_related("organisation", "post")
        .order_by("organisation__code", "since")
    )
    by_organisation: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        by_organisation.setdefault(assignment.organisation_id, []).append(assignment)
    return [_standing(user, held) for held in by_organisation.values()]


def _standing(user: User, held: list[Assignment]) -> Standing:
    organisation = held[0].organisation
    roles = frozenset(Role(assignment.post.role) for assignment in held)
    actor = Actor("person", organisation.pk, organisation.code, roles, user.pk, user.name)
    return Standing(organisation, actor, tuple(assignment.post.title for assignment in held))


def general_section() -> Section | None:
    """The first contact of the municipality whose scope is open."""
    return Section.objects.filter(is_general=True).first()


def section_named(name: str) -> Section | None:
    """The section of this name in the open scope."""
    return Section.objects.filter(name=name).first()


def names_of(user_ids: set[str]) -> dict[str, str]:
    """The display names of these people, by id as text."""
    return {str(user.pk): user.name for user in User.objects.filter(pk__in=user_ids)}


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
