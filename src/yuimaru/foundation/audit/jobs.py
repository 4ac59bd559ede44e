"""Carrying out what events set in motion: the outbox, delivered at least once, by handlers that may be repeated."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string

from yuimaru.foundation.audit.models import Delivery

log = logging.getLogger("yuimaru.outbox")
LAST_WAIT = timedelta(hours=1)


def deliver_next(*, at: datetime) -> bool:
    """Deliver the oldest reaction that is due; False when none is.

    The handler and the note that it is done are one transaction; a failure is noted and tried again later,
    waiting longer each time, for ever: a reaction is never dropped.
    """
    waiting = Delivery.objects.filter(done_at=None, next_at__lte=at).order_by("next_at", "id")
    if not waiting.exists():  # asked first, because on SQLite a transaction takes the write lock
        return False
    delivery = None
    try:
        with transaction.atomic():
            free = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("event")
            delivery = free.first()
            if delivery is None:
                return False
            import_string(delivery.handler)(json.loads(delivery.event.body), at=at)
            delivery.done_at = at
            delivery.save(update_fields=["done_at"])
    except Exception as error:
        if delivery is None:
            raise
        log.exception("reaction %s failed", delivery.pk)
        _postpone(delivery.pk, at=at, error=error)
    return True


def _postpone(pk: UUID, *, at: datetime, error: Exception) -> None:
    delivery = Delivery.objects.get(pk=pk)
    delivery.attempts += 1
    delivery.next_at = at + min(timedelta(seconds=5 * 2 ** min(delivery.attempts, 12)), LAST_WAIT)
    delivery.error = type(error).__name__
    delivery.save(update_fields=["attempts", "next_at", "error"])


def hurry(*, at: datetime) -> int:
    """Let every reaction that failed be tried again now; gives their number."""
    return Delivery.objects.filter(done_at=None, attempts__gt=0).update(next_at=at)
