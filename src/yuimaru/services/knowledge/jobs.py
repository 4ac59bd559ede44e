"""What takes long about documents, done by the worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from yuimaru.foundation.jobs.actions import Run, enqueue
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge import actions
from yuimaru.services.knowledge.actions import watching

_AT_ONCE = 12  # passages, about a second of one core: mails and the like get their turn in between


def enqueue_watches(*, at: datetime) -> None:
    """Add a job for each watched folder that has changed; one look at it adds one job."""
    for watch in watching.standing():
        try:
            seen = watching.look(watch)
        except OSError:
            continue  # a share that is not connected just now
        if watching.is_behind(watch, seen):
            state = hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]
            owner = Organisation.objects.filter(code=watch.code).first()
            if owner is not None:
                payload, key = {"folder": watch.folder}, f"documents.watch:{watch.id}:{state}"
                enqueue("documents.watch", payload, owner_id=owner.pk, at=at, key=key)


def watch(payload: Mapping[str, Any], run: Run) -> None:
    """Take in what has changed in a watched folder."""
    owner = Organisation.objects.get(pk=run.owner_id)
    held = watching.watched(owner.code, Path(payload["folder"]))
    actor = Actor.system(owner)
    with scope(actor):
        watching.take_changes(owner=owner, watch=held, by=actor, at=run.at)


def encode(payload: Mapping[str, Any], run: Run) -> None:
    """Encode what is new in the documents of one organisation, a part at a time; what has been done is kept."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        left = actions.encode(owner=owner, most=_AT_ONCE)
    if left:
        enqueue("documents.encode", payload, owner_id=owner.pk, at=run.at)
