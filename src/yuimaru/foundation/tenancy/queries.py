"""Looking up organisations and the mandates that hold on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.rules import NotVisible

MUNICIPAL = ("city", "ward", "town", "village", "prefecture")


def get_organisation(code: str) -> Organisation:
    """The organisation with this code; raises NotVisible when unknown."""
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist:
        raise NotVisible(code) from None


def get_municipality(code: str) -> Organisation:
    """The municipality with this code, whose public pages exist; raises NotVisible otherwise."""
    organisation = get_organisation(code)
    if organisation.kind not in MUNICIPAL:
        raise NotVisible(code)
    return organisation


def get_public_municipality(code: str) -> Organisation:
    """The municipality with this code, if residents reach its pages; raises NotVisible otherwise."""
    municipality = get_municipality(code)
    if not municipality.is_public:
        raise NotVisible(code)
    return municipality


def list_municipalities() -> QuerySet[Organisation]:
    """Municipalities whose pages residents reach, by code."""
    return Organisation.objects.filter(kind__in=MUNICIPAL, is_public=True).order_by("code")


def list_members(consortium: Organisation) -> QuerySet[Organisation]:
    """The municipalities of a consortium, by code, with those that are still joining."""
    return Organisation.objects.filter(parent=consortium, kind__in=MUNICIPAL).order_by("code")


def list_takers(owner: Organisation) -> QuerySet[Organisation]:
    """Who may take a mandate of a municipality: its consortium and every operator, by code."""
    operator = Q(kind=Organisation.Kind.OPERATOR)
    return Organisation.objects.filter(operator | Q(pk=owner.parent_id)).order_by("code")


def list_public_bodies() -> QuerySet[Organisation]:
    """Municipalities and consortia, by code; operators are firms and are not listed."""
    return Organisation.objects.exclude(kind=Organisation.Kind.OPERATOR).order_by("code")


def live_mandates(*, taker_id: int, on: date) -> list[Mandate]:
    """The mandates under which an organisation works for others on that day."""
    return list(_live(on).filter(taker_id=taker_id).select_related("owner", "taker"))


def live_mandates_of(owner_id: int, *, on: date) -> list[Mandate]:
    """The mandates that a municipality has given and that hold on that day."""
    return list(_live(on).filter(owner_id=owner_id).select_related("owner", "taker"))


def _live(on: date) -> QuerySet[Mandate]:
    open_ended = Q(valid_to=None) | Q(valid_to__gte=on)
    return Mandate.objects.filter(open_ended, revoked_at=None, valid_from__lte=on).order_by(
        "owner__code", "number"
    )
