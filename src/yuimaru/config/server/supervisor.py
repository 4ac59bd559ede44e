"""Starts the web and the worker process, restarts one that falls over, and ends both together."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from yuimaru.config import env

READY_WITHIN = 60.0


class AlreadyRunning(Exception):
    """Another server works on this data folder."""


class DidNotStart(Exception):
    """The web process did not answer in time."""


@contextmanager
def only_server(var: Path) -> Iterator[None]:
    """Hold the data folder's server lock: two embedded servers on one folder are refused."""
    with (var / "server.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(str(var)) from None
        yield


class Supervisor:
    """Two children that live exactly as long as this process: they read from a pipe that closes with it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.stopping = False
        self.lifeline, self._kept = os.pipe()
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, when_ready: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM; `when_ready` is called once with the base address."""
        # A shell's background job starts with SIGINT ignored, so both are set here explicitly.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            self._start("web")
            self._start("worker")
            self._wait_until_ready()
            if not self.stopping:
                when_ready(f"http://127.0.0.1:{self.port}/")
            self._keep_alive()
        finally:
            self._end_children()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _start(self, part: str) -> None:
        command = [sys.executable, "-m", f"yuimaru.config.server.{part}", str(self.lifeline), str(self.port)]
        # A new session, so that Ctrl+C reaches the supervisor alone and the parts end in order.
        self.children[part] = subprocess.Popen(
            command, env=env.without_owner(), pass_fds=(self.lifeline,), start_new_session=True
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not self.stopping:
            if self.children["web"].poll() is not None or time.monotonic() > deadline:
                raise DidNotStart
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.1)

    def _keep_alive(self) -> None:
        while not self.stopping:
            for part, child in self.children.items():
                if child.poll() is not None and not self.stopping:
                    sys.stderr.write(f"{part} ended with {child.returncode}; starting it again\n")
                    time.sleep(1)
                    self._start(part)
            time.sleep(0.3)

    def _end_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        for child in self.children.values():
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
