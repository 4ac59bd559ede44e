"""The model that a municipality lets word its answers, and what was sent to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.utils.timezone import localtime

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Egress, ModelProfile
from yuimaru.services.knowledge.rules import model as rules


def get_profile(owner: Organisation) -> ModelProfile | None:
    """What the municipality has set up, enabled or not."""
    return ModelProfile.objects.filter(owner=owner).select_related("key").first()


def profile_row(profile: ModelProfile) -> dict[str, Any]:
    """What is set up as the command line tells it, without the key."""
    told = ("kind", "url", "model", "api_version", "region", "deployment", "monitoring", "contract")
    return {
        **{name: getattr(profile, name) for name in told},
        "checked_on": profile.checked_on.isoformat(),
        "daily_tokens": profile.daily_tokens,
        "enabled": profile.enabled_at is not None,
    }


def hindrance(profile: ModelProfile, *, at: datetime) -> rules.Hindrance | None:
    """Why the model is not asked at this moment; None when it may be."""
    latest = Egress.objects.filter(owner_id=profile.owner_id).order_by("-at")[: rules.BREAKS_AFTER]
    return rules.hindrance(
        enabled=profile.enabled_at is not None,
        checked=at.date() - profile.checked_on <= rules.CHECK_HOLDS,
        spent=spent_today(profile.owner_id, at),
        daily_tokens=profile.daily_tokens,
        latest=[rules.Sent(sent.at, sent.outcome) for sent in latest],
        at=at,
    )


def spent_today(owner_id: int, at: datetime) -> int:
    """The tokens counted since midnight."""
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    told = Egress.objects.filter(owner_id=owner_id, at__gte=midnight).aggregate(
        sent=Sum("tokens_in"), given=Sum("tokens_out")
    )
    return (told["sent"] or 0) + (told["given"] or 0)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was sent in a while: requests by outcome, and the tokens."""

    days: int
    outcomes: Mapping[str, int]
    tokens: int

    @property
    def requests(self) -> int:
        return sum(self.outcomes.values())

    @property
    def shown(self) -> int:
        return self.outcomes.get("shown", 0)


def ledger(owner: Organisation, *, at: datetime, days: int = 30) -> Ledger:
    """The sums of the ledger over the last days."""
    sent = Egress.objects.filter(owner=owner, at__gte=at - timedelta(days=days))
    outcomes = dict(sent.order_by().values_list("outcome").annotate(Count("pk")))
    told = sent.aggregate(sent=Sum("tokens_in"), given=Sum("tokens_out"))
    return Ledger(days, outcomes, (told["sent"] or 0) + (told["given"] or 0))
