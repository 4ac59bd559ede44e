"""Running the readers in a process with bounded memory and time, one process for a batch of files."""

import json
import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yuimaru.core.text.extract.result import Extracted, Refused, Source

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[4]
_PACKAGE = __name__.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use: address space in bytes, processor seconds, and seconds by the clock."""

    memory: int = 768_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 60.0


def extract(sources: Iterable[Source], limits: Limits | None = None) -> Iterator[Extracted | Refused]:
    """Read files one after another; one that breaks its limits is refused and the rest is still read."""
    bounds = limits or Limits()
    process: _Process | None = None
    try:
        for source in sources:
            process = process or _Process(bounds)
            reply = process.ask(source)
            if reply is None:
                process.stop()
                process = None
                yield Refused.because("too_complex")
            elif "extracted" in reply:
                yield Extracted.from_json(reply["extracted"])
            else:
                if reply["cause"]:
                    logger.warning("could not read %s: %s", source.name, reply["cause"])
                yield Refused.because(reply["refused"])
    finally:
        if process is not None:
            process.stop()


class _Process:
    """One limited process and the pipes to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", _PACKAGE, str(limits.memory), str(limits.cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"},
        )

    def ask(self, source: Source) -> dict[str, Any] | None:
        """Send a file and wait for its reply; None when the process died or took too long."""
        assert self._child.stdin is not None
        header = json.dumps({"name": source.name, "size": len(source.content)})
        try:
            self._child.stdin.write(header.encode() + b"\n" + source.content)
            self._child.stdin.flush()
        except BrokenPipeError:
            return None
        line = self._line(time.monotonic() + self._limits.wall_seconds)
        reply: dict[str, Any] | None = json.loads(line) if line else None
        return reply

    def _line(self, deadline: float) -> bytes | None:
        assert self._child.stdout is not None
        pipe = self._child.stdout.fileno()
        received: list[bytes] = []
        while not (received and received[-1].endswith(b"\n")):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                return None
            piece = os.read(pipe, 1 << 20)
            if not piece:
                return None
            received.append(piece)
        return b"".join(received)

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self._child.kill()
        self._child.communicate()
