"""What takes long about documents, done by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge import actions


def encode(payload: Mapping[str, Any], run: Run) -> None:
    """Encode what is new in the documents of one organisation; what was done before an interruption is kept."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        actions.encode(owner=owner)
