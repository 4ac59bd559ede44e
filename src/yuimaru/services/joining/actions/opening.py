"""The last act: residents are let in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.joining.queries import Gap, gaps


class NotReady(Exception):
    """Something is missing that residents would miss."""

    def __init__(self, missing: list[Gap]) -> None:
        self.missing = missing
        super().__init__(", ".join(gap.code for gap in missing))


@transaction.atomic
def publish(*, owner: Organisation, by: Actor, at: datetime) -> bool:
    """Open the portal of the municipality whose scope is open; whether it was closed before. Raises NotReady."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    if missing := [gap for gap in gaps(owner, on=localdate(at)) if gap.is_needed]:
        raise NotReady(missing)
    return tenancy.open_portal(owner=owner, by=by, at=at)
