"""Looking after what is overdue, once a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions


def escalate(payload: Mapping[str, Any], run: Run) -> None:
    """Deal with the tasks of one organisation whose due date has passed."""
    owner = Organisation.objects.get(pk=run.owner_id)
    by = Actor.system(owner)
    with scope(by):
        actions.escalate(owner=owner, by=by, at=run.at, on=localdate(run.at))
