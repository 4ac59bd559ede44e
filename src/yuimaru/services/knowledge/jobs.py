"""What takes long about documents, done by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yuimaru.foundation.jobs.actions import Run, enqueue
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge import actions

_AT_ONCE = 12  # passages, about a second of one core: mails and the like get their turn in between


def encode(payload: Mapping[str, Any], run: Run) -> None:
    """Encode what is new in the documents of one organisation, a part at a time; what has been done is kept."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        left = actions.encode(owner=owner, most=_AT_ONCE)
    if left:
        enqueue("documents.encode", payload, owner_id=owner.pk, at=run.at)
