"""Turns at one database file: threads of a process by a lock, processes by two locked files that make a turnstile."""

from __future__ import annotations

import fcntl
import os
import time
from threading import Lock

PAUSE = 0.001  # seconds until a locked file is asked for again


class Turns:
    """Who writes next. Whoever waits at the gate is next: one that comes later cannot slip in before them."""

    def __init__(self, path: str) -> None:
        self._threads = Lock()
        # A database in memory belongs to one process.
        self._files = None if "mode=memory" in path else (f"{path}-next", f"{path}-turn")
        self._turn: int | None = None

    def take(self, *, longest: float) -> bool:
        """Wait for the turn, at most so many seconds."""
        until = time.monotonic() + longest
        if not self._threads.acquire(timeout=longest):
            return False
        try:
            taken = self._files is None or self._pass_the_gate(*self._files, until)
        except BaseException:
            self._threads.release()
            raise
        if not taken:
            self._threads.release()
        return taken

    def pass_on(self) -> None:
        """Let the next one write."""
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None
        self._threads.release()

    def _pass_the_gate(self, gate: str, turn: str, until: float) -> bool:
        waiting = _locked(gate, until)
        if waiting is None:
            return False
        try:
            self._turn = _locked(turn, until)
        finally:
            os.close(waiting)
        return self._turn is not None


class _ByFile(dict[str, Turns]):
    def __missing__(self, path: str) -> Turns:
        return self.setdefault(path, Turns(path))


# What a fork inherits is nobody's turn: files are opened by whoever takes a turn, and not before.
turns_at = _ByFile()


def _locked(path: str, until: float) -> int | None:
    """The open file, locked until it is closed, however its process ends; None when that took too long."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    break
                time.sleep(PAUSE)
            else:
                return file
    except BaseException:
        os.close(file)
        raise
    os.close(file)
    return None
