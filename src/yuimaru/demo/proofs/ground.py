"""The ground that proofs stand on: fresh data with the cast, and a server that may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yuimaru.config import env
from yuimaru.config.server.command import free_port
from yuimaru.config.server.supervisor import answers
from yuimaru.demo.fresh import schema_of_its_own
from yuimaru.demo.proofs.part import Terms
from yuimaru.foundation.backups import database, inventory

READY_WITHIN = 60.0
MUNICIPAL = 6  # digits; a firm has no log of cases


@contextmanager
def prepared(terms: Terms) -> Iterator[Ground]:
    """A fresh data folder, or on PostgreSQL a fresh schema, with organisations, people and kata in it."""
    with (
        tempfile.TemporaryDirectory(prefix="yuimaru-prove-") as folder,
        schema_of_its_own(terms.database) as database,
    ):
        ground = Ground(Path(folder) / "var", database)
        ground.prepare()
        yield ground


@dataclass(frozen=True)
class Ground:
    """Where the data of a proof lies; `database` is empty on SQLite."""

    var: Path
    database: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that works on this data."""
        return {**os.environ, **self.database, "YUIMARU_VAR": str(self.var)}

    def prepare(self) -> None:
        """Fill it with organisations, people and kata."""
        self.var.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", __name__], cwd=env.ROOT, env=self.environment, check=True)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds, over all organisations."""
        if env.DATABASE in self.database:
            return _ask_postgresql(self.database[env.DATABASE], query)
        with database.reading(self.var / inventory.DATABASE) as connection:
            return connection.execute(query).fetchall()

    def count(self, query: str) -> int:
        """The one number that a query finds."""
        [(number,)] = self.rows(query)
        return int(number)

    def chains_hold(self) -> bool:
        """Whether the log of every municipality verifies, and on SQLite the whole file."""
        whole = env.DATABASE in self.database or self.rows("PRAGMA integrity_check") == [("ok",)]
        codes = [code for (code,) in self.rows("SELECT code FROM tenancy_organisation")]
        return whole and all(self._verifies(code) for code in codes if len(code) == MUNICIPAL)

    def _verifies(self, code: str) -> bool:
        command = [sys.executable, "-m", "yuimaru", "audit", "verify", "--municipality", code]
        return not subprocess.run(
            command, cwd=env.ROOT, env=self.environment, capture_output=True, check=False
        ).returncode


def _ask_postgresql(address: str, query: str) -> list[tuple[Any, ...]]:
    """As the role that serves, with every organisation in its scope: no other role may look at the rows."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT set_config('app.scope', string_agg(id::text, ','), false) FROM tenancy_organisation"
        )
        return connection.execute(query.encode()).fetchall()


class Server:
    """`yuimaru serve` on this ground; what it says goes into a file beside the data."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.port = ground, free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log = ground.var.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, wait until it answers, and give the seconds that took."""
        began = time.monotonic()
        command = [sys.executable, "-m", "yuimaru", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=env.ROOT, env=_served(self.ground.environment), stdout=log, stderr=log
            )
        self._wait(began + READY_WITHIN)
        return time.monotonic() - began

    def _wait(self, deadline: float) -> None:
        assert self.process is not None
        while time.monotonic() < deadline and self.process.poll() is None:
            if answers(self.port):
                return
            time.sleep(0.02)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-500:]}")

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


def _served(environment: Mapping[str, str]) -> dict[str, str]:
    """As in real use: the tables are prepared, and the server does not know who owns them."""
    return {name: value for name, value in environment.items() if name != env.OWNER}


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
