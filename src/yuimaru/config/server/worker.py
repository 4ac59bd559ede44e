"""The worker process: reactions to events, then jobs, one after another.

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

from yuimaru.config.server.lifeline import end_with_supervisor

PAUSE = 0.5
log = logging.getLogger("yuimaru.worker")


def main(lifeline: int) -> None:
    """Work until SIGTERM; an error of the store is logged and tried again, never fatal."""
    end_with_supervisor(lifeline)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError, close_old_connections, connection
    from django.utils.timezone import now

    from yuimaru.foundation.audit.jobs import deliver_next
    from yuimaru.foundation.jobs.actions import run_next
    from yuimaru.foundation.tenancy.postgresql.roles import require_confined

    require_confined(connection)

    while not stop.is_set():
        began = time.process_time()
        try:
            busy = deliver_next(at=now()) or run_next(at=now())
        except DatabaseError:
            log.exception("the store did not answer")
            close_old_connections()
            busy = False
        stop.wait(time.process_time() - began if busy else PAUSE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
