"""What is swept up every day: drafts whose last day has passed, keys that nobody repeats, locks that no longer lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures import actions


def sweep(payload: Mapping[str, Any], run: Run) -> None:
    """Sweep up what one organisation need not keep any longer."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        actions.sweep(owner=owner, at=run.at)
