"""A form that is sent twice at once: the second post waits for the first, so that both end on the same page."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from yuimaru.services.procedures.rules import KEY_LEASE, KeyInFlight

PAUSE = 0.05
LONGEST = KEY_LEASE.total_seconds() + 1  # by then a first post that died has lost its key

T = TypeVar("T")


def patiently(send: Callable[[datetime], T]) -> T:
    """What sending gives, tried again while another post with the same key is under way.

    :raises KeyInFlight: that one takes longer than a page can wait.
    """
    give_up = time.monotonic() + LONGEST
    while True:
        try:
            return send(timezone.now())
        except KeyInFlight:
            if time.monotonic() > give_up:
                raise
            time.sleep(PAUSE)
