"""Before migrations run on existing data: a copy, and a refusal of data that a later version has written."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel

from yuimaru import __version__
from yuimaru.foundation.backups import database, inventory

KEPT = 3
_STATE = "state.json"


class State(BaseModel):
    """Which version was about to change the data, from which migrations on, and whether it got to the end."""

    version: str
    migrations: tuple[database.Migration, ...]
    finished: bool


def copy_first(var: Path, *, at: datetime) -> Path:
    """Copy the database before it is changed; gives the copy's folder.

    An upgrade that was interrupted half-way goes on: what it began with is kept, and the half-way state is not
    copied. Raises OSError or sqlite3.Error when there is no room; nothing has changed then.
    """
    source = var / inventory.DATABASE
    with database.reading(source) as connection:
        now_at = database.migrations(connection)
    begun = [folder for folder in _copies(var) if not _state(folder).finished]
    for folder in begun:
        if len(_state(folder).migrations) < len(now_at):
            return folder
    folder = var / inventory.COPIES / f"{at:%Y%m%dT%H%M%S%f}"
    unfinished = folder.with_suffix(".part")
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        database.snapshot(source, unfinished / inventory.DATABASE)
        _write(unfinished, State(version=__version__, migrations=now_at, finished=False))
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    for overtaken in begun:
        shutil.rmtree(overtaken)
    return folder


def settle(var: Path) -> None:
    """The database is up to date: note that the last upgrade got to its end, and keep the newest three copies."""
    copies = _copies(var)
    for folder in copies[:KEPT]:
        if not _state(folder).finished:
            _write(folder, _state(folder).model_copy(update={"finished": True}))
    for old in copies[KEPT:]:
        shutil.rmtree(old)


def _copies(var: Path) -> list[Path]:
    """Folders with a whole copy, newest first."""
    return sorted(
        (path.parent for path in (var / inventory.COPIES).glob(f"[0-9]*[0-9]/{_STATE}")), reverse=True
    )


def _state(folder: Path) -> State:
    return State.model_validate_json((folder / _STATE).read_text())


def _write(folder: Path, state: State) -> None:
    unfinished = folder / f"{_STATE}.part"
    unfinished.write_text(state.model_dump_json())
    unfinished.rename(folder / _STATE)
