"""Starts the web processes and the worker, restarts one that falls over, and ends all together.

All are forks of the supervisor, which has read everything already: the server is up again in half the time. The
supervisor holds the socket too, so that nobody is turned away while a web process is started again.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from itertools import chain, pairwise
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import uuid_utils
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string

from yuimaru.config.server import web, worker

READY_WITHIN = 60.0
ENDS_WITHIN = 15.0
WEB = min(4, os.cpu_count() or 1)  # processes: an interpreter uses one processor at a time
fork = get_context("fork")


class AlreadyRunning(Exception):
    """Another server works on this data folder."""


class DidNotStart(Exception):
    """The web process did not answer in time."""


def answers(port: int) -> bool:
    """Whether a server on this port says that it is well."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()


@contextmanager
def only_server(var: Path) -> Iterator[None]:
    """Hold the data folder's server lock: two embedded servers on one folder are refused."""
    with (var / "server.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(str(var)) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _read_everything() -> None:
    """Load the application and every page, once for all that are forked from here."""
    import_module("yuimaru.config.wsgi")
    _ = get_resolver().url_patterns
    for handler in {*settings.JOB_HANDLERS.values(), *chain.from_iterable(settings.REACTIONS.values())}:
        import_string(handler)


class Supervisor:
    """Children that live exactly as long as this process: they read from a pipe that closes with it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.stopping = False
        self.lifeline, self._kept = os.pipe()
        self.listening = web.listen(port)
        self.parts: dict[str, Callable[[], None]] = {
            **{f"web-{number}": self._web for number in range(1, WEB + 1)},
            "worker": partial(worker.main, self.lifeline),
        }
        self.children: dict[str, ForkProcess] = {}

    def _web(self) -> None:
        web.main(self.lifeline, self.listening)

    def run(self, when_ready: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM; `when_ready` is called once with the base address."""
        # A shell's background job starts with SIGINT ignored, so both are set here explicitly.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        connections.close_all()  # a connection does not survive a fork
        try:
            _read_everything()
            for part in self.parts:
                self._start(part)
            self._wait_until_ready()
            if not self.stopping:
                when_ready(f"http://127.0.0.1:{self.port}/")
            self._keep_alive()
        finally:
            self._end_children()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _start(self, part: str) -> None:
        child = fork.Process(target=self._become, args=(part,), name=part)
        child.start()
        self.children[part] = child

    def _become(self, part: str) -> None:
        """In the child: let go of what is the supervisor's, and work until it is gone."""
        with suppress(OSError):  # its name in `ps` and `top`, where the system has such a file
            Path("/proc/self/comm").write_text(f"yuimaru-{part}")
        # A new session, so that Ctrl+C reaches the supervisor alone and the parts end in order.
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        # The other end of the lifeline, and the lock, which must fall with the supervisor.
        kept = {self.lifeline, self.listening.fileno()}
        edges = [2, *sorted(kept), os.sysconf("SC_OPEN_MAX")]
        for below, above in pairwise(edges):
            os.closerange(below + 1, above)
        uuid_utils.reseed_rng()
        self.parts[part]()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not self.stopping:
            if not all(child.is_alive() for child in self.children.values()) or time.monotonic() > deadline:
                raise DidNotStart
            if answers(self.port):
                return
            time.sleep(0.05)

    def _keep_alive(self) -> None:
        while not self.stopping:
            for part, child in self.children.items():
                if not child.is_alive() and not self.stopping:
                    sys.stderr.write(f"{part} ended with {child.exitcode}; starting it again\n")
                    time.sleep(1)
                    self._start(part)
            time.sleep(0.3)

    def _end_children(self) -> None:
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + ENDS_WITHIN
        for child in self.children.values():
            child.join(max(0.0, deadline - time.monotonic()))
            if child.is_alive():
                child.kill()
                child.join()
