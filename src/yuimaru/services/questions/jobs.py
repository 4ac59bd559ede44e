"""What is done about questions by night: those whose time is over go, new ones are joined into topics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.questions import actions


def nightly(payload: Mapping[str, Any], run: Run) -> None:
    """Do the day's work on the questions of one organisation."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        actions.sweep(owner=owner, at=run.at)
        actions.bring_all_in_line(owner=owner, at=run.at)
        actions.cluster(owner=owner, at=run.at)


def cluster(payload: Mapping[str, Any], run: Run) -> None:
    """Join new questions into topics now, because somebody asked for it."""
    owner = Organisation.objects.get(pk=run.owner_id)
    with scope(Actor.system(owner)):
        actions.cluster(owner=owner, at=run.at)
