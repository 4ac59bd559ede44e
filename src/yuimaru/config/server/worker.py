"""The worker process: reactions to events, then jobs, one after another, the minute's looks and the day's sweeps.

After each it rests as long as it computed (not as long as it waited): half the time is left to those who wait for a
page.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import date

from yuimaru.config.server.lifeline import end_with_supervisor

PAUSE = 0.5
MINUTE = 60.0
PAUSE_AFTER_ERROR = 5.0
FINISHES_WITHIN = 10.0  # seconds after SIGTERM; the supervisor waits longer than this
log = logging.getLogger("yuimaru.worker")


def main(lifeline: int) -> None:
    """Work until SIGTERM: what is in hand is finished, or given back when it takes too long."""
    end_with_supervisor(lifeline)
    stop = threading.Event()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")
    import django

    django.setup()
    from django.db import connection

    from yuimaru.foundation.jobs.actions import GivenBack
    from yuimaru.foundation.tenancy.postgresql.roles import require_confined

    require_confined(connection)

    def finish(*_: object) -> None:
        stop.set()
        signal.setitimer(signal.ITIMER_REAL, FINISHES_WITHIN)

    def give_back(*_: object) -> None:
        raise GivenBack

    signal.signal(signal.SIGALRM, give_back)
    signal.signal(signal.SIGTERM, finish)
    try:
        _work(stop)
    except GivenBack:
        log.warning("stopped in the middle of a job, which the next worker takes up")


def _work(stop: threading.Event) -> None:
    """Take one thing after another; an error of the store is logged and tried again, never fatal."""
    from django.db import DatabaseError, close_old_connections

    step = _steps()
    while not stop.is_set():
        began = time.process_time()
        try:
            pause = time.process_time() - began if step() else PAUSE
        except DatabaseError:
            log.exception("the store did not answer")
            close_old_connections()
            pause = PAUSE_AFTER_ERROR
        stop.wait(pause)


def _steps() -> Callable[[], bool]:
    """One step of work at a time; the first one of a day or minute adds what has become due."""
    from django.utils.timezone import localdate, now

    from yuimaru.foundation.audit.jobs import deliver_next
    from yuimaru.foundation.jobs.actions import enqueue_daily, enqueue_due, run_next

    swept_on = date.min
    looked_at = 0.0

    def step() -> bool:
        nonlocal swept_on, looked_at
        if swept_on != localdate():
            enqueue_daily(at=now())
            swept_on = localdate()
        if time.monotonic() - looked_at > MINUTE:
            enqueue_due(at=now())
            looked_at = time.monotonic()
        return deliver_next(at=now()) or run_next(at=now())

    return step


if __name__ == "__main__":
    main(int(sys.argv[1]))
