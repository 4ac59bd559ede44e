"""Running the readers in a process with bounded memory and time, one process for a batch of files."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from yuimaru.core.text.extract import program
from yuimaru.core.text.extract.archive import Member
from yuimaru.core.text.extract.result import Extracted, Refused, Source

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[4]
Act = Literal["read", "open", "recognise"]

_PIECE = 1 << 20  # bytes
_PACKAGE = __name__.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use: address space in bytes, processor seconds, and seconds by the clock."""

    memory: int = 768_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 60.0


_FOR_PICTURES = Limits(memory=1_500_000_000, cpu_seconds=90, wall_seconds=600.0)  # CPU for each page


def extract(sources: Iterable[Source], limits: Limits | None = None) -> Iterator[Extracted | Refused]:
    """Read files one after another; one that breaks its limits is refused and the rest is still read.

    A PDF without letters is read as pictures where Tesseract is installed, under limits of its own.
    """
    bounds = limits or Limits()
    process: _Process | None = None
    try:
        for source in sources:
            process = process or _Process(bounds)
            outcome = _outcome(source, process.ask(source, "read"))
            if outcome is None:
                process.stop()
                process = None
            elif isinstance(outcome, Refused) and outcome.code == "no_text" and program.is_installed():
                outcome = _recognised(source)
            yield outcome or Refused.because("too_complex")
    finally:
        if process is not None:
            process.stop()


def _outcome(source: Source, reply: dict[str, Any] | None) -> Extracted | Refused | None:
    if reply is None:
        return None
    if "extracted" in reply:
        return Extracted.from_json(reply["extracted"])
    if reply["cause"]:
        logger.warning("could not read %s: %s", source.name, reply["cause"])
    return Refused.because(reply["refused"])


def _recognised(source: Source) -> Extracted | Refused | None:
    process = _Process(_FOR_PICTURES)
    try:
        return _outcome(source, process.ask(source, "recognise"))
    finally:
        process.stop()


def unpack(source: Source, limits: Limits | None = None) -> list[Member]:
    """Open an archive or a mail; one that breaks its limits is refused as a whole, under the empty path."""
    process = _Process(limits or Limits())
    try:
        reply = process.ask(source, "open")
        held = process.take(sum(part["size"] for part in reply["parts"])) if reply else None
    finally:
        process.stop()
    if reply is None or held is None:
        return [Member("", refused="too_complex")]
    found, place = [], 0
    for part in reply["parts"]:
        found.append(Member(part["name"], held[place : place + part["size"]], part["refused"]))
        place += part["size"]
    return found


class _Process:
    """One limited process and the pipes to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", _PACKAGE, str(limits.memory), str(limits.cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
            start_new_session=True,
        )

        self._received = bytearray()
        self._deadline = 0.0

    def ask(self, source: Source, act: Act) -> dict[str, Any] | None:
        """Send a file for one of the acts and wait for its reply; None when the process died or took too long."""
        assert self._child.stdin is not None
        header = json.dumps({"name": source.name, "size": len(source.content), "act": act})
        try:
            self._child.stdin.write(header.encode() + b"\n" + source.content)
            self._child.stdin.flush()
        except BrokenPipeError:
            return None
        self._deadline = time.monotonic() + self._limits.wall_seconds
        while (end := self._received.find(b"\n", -_PIECE)) < 0:
            if not self._receive():
                return None
        reply: dict[str, Any] = json.loads(self._received[:end])
        del self._received[: end + 1]
        return reply

    def take(self, size: int) -> bytes | None:
        """The bytes that follow a reply; None when they do not come in time."""
        while len(self._received) < size:
            if not self._receive():
                return None
        held = bytes(self._received)
        self._received.clear()
        return held

    def _receive(self) -> bool:
        """Wait for more, until the time for this file is over."""
        assert self._child.stdout is not None
        pipe = self._child.stdout.fileno()
        left = self._deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return False
        piece = os.read(pipe, _PIECE)
        self._received += piece
        return bool(piece)

    def stop(self) -> None:
        """End the process and what it has started, and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.communicate()
