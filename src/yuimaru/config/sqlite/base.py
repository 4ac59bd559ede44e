"""The database backend: Django's own, in which the threads of a process write one after the other.

SQLite lets one write at a time and has the others ask again after a pause that grows, so that under load some wait
for seconds while the file lies idle. Here they queue. Other processes are still met by SQLite's own waiting. Django
looks for `DatabaseWrapper` in a module of this name.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from threading import Lock
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_turns: defaultdict[str, Lock] = defaultdict(Lock)  # by file


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin when it is their turn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._pass_on()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._pass_on()  # one that fails is rolled back, and keeps its turn till then

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._pass_on()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._pass_on()

    def _take_turn(self) -> None:
        longest = self.settings_dict["OPTIONS"].get("timeout", 5)
        if not _turns[str(self.settings_dict["NAME"])].acquire(timeout=longest):
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorname = "SQLITE_BUSY"
            raise OperationalError(*busy.args) from busy
        self._has_turn = True

    def _pass_on(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turns[str(self.settings_dict["NAME"])].release()
