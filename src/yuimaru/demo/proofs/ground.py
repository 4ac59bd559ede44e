"""The ground that proofs stand on: a fresh data folder with the cast, and a server that may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from yuimaru.config import env
from yuimaru.config.server.command import free_port
from yuimaru.config.server.supervisor import answers

READY_WITHIN = 60.0


def environment(var: Path) -> dict[str, str]:
    """The environment of a process that works on this data folder."""
    return {**os.environ, "YUIMARU_VAR": str(var)}


def prepare(var: Path) -> None:
    """Fill a data folder with organisations, people and kata."""
    var.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", __name__], cwd=env.ROOT, env=environment(var), check=True)


class Server:
    """`yuimaru serve` on one data folder; what it says goes into a file beside the data."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, wait until it answers, and give the seconds that took."""
        began = time.monotonic()
        command = [sys.executable, "-m", "yuimaru", "serve", "--port", str(self.port)]
        with self.var.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=env.ROOT, env=environment(self.var), stdout=log, stderr=log
            )
        self._wait(began + READY_WITHIN)
        return time.monotonic() - began

    def _wait(self, deadline: float) -> None:
        assert self.process is not None
        while time.monotonic() < deadline and self.process.poll() is None:
            if answers(self.port):
                return
            time.sleep(0.02)
        raise AssertionError(f"the server did not start: {self.var.with_suffix('.log').read_text()[-500:]}")

    def kill(self) -> None:
        """End supervisor, web and worker at once, as a power cut would: none may tidy up."""
        assert self.process is not None
        pids = [self.process.pid, *_descendants(self.process.pid)]
        for pid in pids:
            _kill(pid)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop and wait."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


def _descendants(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [each for child in children for each in (child, *_descendants(child))]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it had ended by itself


def _build() -> None:
    from yuimaru.interfaces.cli import django

    django.setup()
    from django.utils.timezone import now

    from yuimaru.demo.seed import build_cast

    build_cast(at=now(), progress=lambda _: None)


if __name__ == "__main__":
    _build()
