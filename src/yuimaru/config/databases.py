"""Where the rows lie: one SQLite file in the data folder, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yuimaru.config import env

Databases = dict[str, dict[str, Any]]

QUEUED = "yuimaru.config.sqlite"  # lets the threads of a process write one after the other
BOUND = "yuimaru.foundation.tenancy.postgresql"  # tells the server with every statement which scope is open
PLAIN = "django.db.backends.postgresql"


def chosen(var: Path) -> Databases:
    """The databases of this process. `owner` is there only where the tables are prepared by a role of their own.

    :raises WrongSetting: an address that is not one of PostgreSQL.
    """
    address, owner = env.database(), env.database_owner()
    if address is None:
        return {"default": _sqlite(var / "yuimaru.sqlite3")}
    found = {"default": _postgresql(address, BOUND)}
    return found if owner is None else {**found, "owner": _postgresql(owner, PLAIN)}


def _sqlite(path: Path) -> dict[str, Any]:
    """FULL: an acknowledged row survives a power cut. IMMEDIATE: a read-then-write transaction cannot fail half-way
    with SQLITE_BUSY. No mmap: SQLite before 3.51.3 has a WAL-reset defect that memory mapping widens.
    """
    return {
        "ENGINE": QUEUED,
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000;"
            ),
        },
        "CONN_MAX_AGE": None,
    }


def _postgresql(address: str, engine: str) -> dict[str, Any]:
    """Kept connections, which cost less than a pool, looked at before each request so that a restart heals."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(address)
    except ProgrammingError:  # its words would repeat the address, and with it the password
        raise env.WrongSetting(
            "データベースのアドレスを読めません。postgresql://役割:パスワード@ホスト/名前 の形で指定してください。 / "
            "The address of the database cannot be read: write postgresql://ROLE:PASSWORD@HOST/NAME."
        ) from None
    named = {key: given.pop(name, "") or "" for key, name in _NAMES.items()}
    return {
        "ENGINE": engine,
        **named,
        "OPTIONS": given,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


_NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
