"""The database backend: Django's own, in which those who write do so one after the other.

SQLite lets one write at a time and has the others ask again after a pause that grows, so that under load some wait
for seconds while the file lies idle. Here the threads of a process queue, and processes take turns by a lock on a
file beside the database, asked for again after a millisecond. Whoever does not know of the turns (another program)
is still met by SQLite's own waiting. Django looks for `DatabaseWrapper` in a module of this name.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from yuimaru.config.sqlite.turns import Turns, turns_at


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
        if not self._turns.take(longest=self.settings_dict["OPTIONS"].get("timeout", 5)):
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorname = "SQLITE_BUSY"
            raise OperationalError(*busy.args) from busy
        self._has_turn = True

    def _pass_on(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turns.pass_on()

    @property
    def _turns(self) -> Turns:
        return turns_at[str(self.settings_dict["NAME"])]
