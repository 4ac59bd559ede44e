"""Ends a child when its supervisor is gone, however it went."""

from __future__ import annotations

import os
import signal
import threading


def end_with_supervisor(descriptor: int) -> None:
    """Watch the read end of the supervisor's pipe: it reports its end only when the supervisor has died."""

    def watch() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
