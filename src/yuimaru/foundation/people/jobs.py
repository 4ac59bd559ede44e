"""What is swept up every day: sessions that nobody can use any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.contrib.sessions.models import Session


class Attempt(Protocol):
    """The part of a job's run that counts here; the room of the jobs stands above this one."""

    @property
    def at(self) -> datetime: ...


def sweep_sessions(payload: Mapping[str, Any], run: Attempt) -> None:
    """Delete sessions that have run out. They are no organisation's, so no log counts them."""
    Session.objects.filter(expire_date__lte=run.at).delete()
