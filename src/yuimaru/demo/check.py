"""`yuimaru demo --check`: lives the story over HTTP in a fresh data folder, as the people of the demo would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from yuimaru.config import env
from yuimaru.demo.stage import Stage
from yuimaru.demo.story import STORY

READY_WITHIN = 300.0
STOPS_WITHIN = 30.0


class DidNotStart(AssertionError):
    """The demo printed no ready line."""


class Server:
    """`yuimaru demo` in a process of its own, on one data folder and port."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.log = var / "server.log"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> float:
        """Start and wait for the ready line; gives the seconds it took."""
        began = time.monotonic()
        command = [sys.executable, "-m", "yuimaru", "demo", "--port", str(self.port)]
        environment = {**os.environ, "YUIMARU_VAR": str(self.var)}
        # Into a file: a pipe that nobody reads would stop the server once it is full.
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=env.ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        # The demo ends its output when it ends: the loop cannot wait for a server that has fallen over.
        for line in self.process.stdout:
            if line.startswith("ready "):
                return time.monotonic() - began
        raise DidNotStart(self.log.read_text())

    def stop(self) -> int:
        """Ask it to stop and wait; gives its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOPS_WITHIN)


def run(port: int) -> int:
    """Live the whole story; prints each step and ends with `N passed, N failed`. Gives the exit code."""
    with tempfile.TemporaryDirectory(prefix="yuimaru-check-") as folder:
        server = Server(Path(folder), port)
        stage = Stage(f"http://127.0.0.1:{port}", Path(folder), server.start, server.stop)
        steps: list[tuple[str, Callable[[Stage], str]]] = [("デモを始める / the demo starts", _start), *STORY]
        passed = 0
        try:
            for title, step in steps:
                if not _lives(title, step, stage, passed + 1):
                    break
                passed += 1
        finally:
            if server.process is not None and server.process.poll() is None:
                server.stop()
    failed = 0 if passed == len(steps) else 1
    click.echo(f"{passed} passed, {failed} failed")
    return failed


def _start(stage: Stage) -> str:
    return f"{stage.start():.1f} s"


def _lives(title: str, step: Callable[[Stage], str], stage: Stage, number: int) -> bool:
    began = time.monotonic()
    try:
        seen = step(stage)
    except (AssertionError, LookupError, OSError, ValueError) as error:
        click.echo(f"失敗 / failed  {number:2}. {title}\n    {type(error).__name__}: {error}")
        return False
    click.echo(f"ok  {number:2}. {title}  ({time.monotonic() - began:.1f} s) {seen}")
    return True
