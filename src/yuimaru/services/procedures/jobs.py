"""Forgetting idempotency keys once their 30 days are over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures import actions


def sweep_keys(payload: Mapping[str, Any], run: Run) -> None:
    """Sweep one owner's keys. The first key of a day brings this job, so every key is met by one."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        actions.sweep(owner=owner, at=run.at)
