"""The index folders of an owner, one for each reach of its readers: which one is current, and building the next one.

All of it is a cache of the database. A generation is named by what it was built from, so a reader sees at once that
documents have changed since, and builds the next one itself if nobody has.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast
from uuid_utils.compat import uuid7

from yuimaru.core.text.meaning.parts import Parts, chosen
from yuimaru.core.text.ranking import index
from yuimaru.core.text.ranking.encoded import Encoded, Kept
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.words import StaleIndex
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.queries import shared
from yuimaru.services.knowledge.queries.reach import Reach
from yuimaru.services.knowledge.rules.passages import subject

_MOST_OPEN = 32  # indexes that a process keeps open; opening one takes 3 ms, keeping it some 5 MB
_ENCODED = "vectors.sqlite"

Held = tuple[Path, index.Index]

_held: OrderedDict[tuple[int, str], Held] = OrderedDict()
_keeping = threading.Lock()


def search_parts() -> Parts:
    """What this installation searches with."""
    return chosen(settings.SEARCH_PARTS, reads_twice=settings.SEARCH_READS_TWICE)


class Current(NamedTuple):
    """The index of what a reader may have on a day, and how many documents that is."""

    opened: index.Index
    documents: int


def current_index(reach: Reach, on: date) -> index.Index:
    """Open the index of what a reader may have on a day; it is built first when it is missing or behind."""
    return current(reach, on, reach.documents(on)).opened


def current(reach: Reach, on: date, documents: QuerySet[Document]) -> Current:
    """Open the index of `documents`, which are what a reader may have on a day, as `current_index` does."""
    state = _state(documents)
    return Current(_opened(reach, on, state.name + _encoding(reach.owner)), state.number)


def _opened(reach: Reach, on: date, stamp: str) -> index.Index:
    mine = os.getpid(), reach.key  # by process: what a forked one inherits has lost its files
    known = _held.get(mine)
    if known is not None and known[0].name.startswith(stamp) and known[0].exists():
        _keep(mine, known)
        return known[1]
    path = _current(reach)
    if path is None or not path.name.startswith(stamp):
        path = build(reach, on)
    try:
        found = index.Index(path)
    except StaleIndex:  # damaged, or swept away since CURRENT was read
        path = build(reach, on, anew=True)
        found = index.Index(path)
    _keep(mine, (path, found))
    return found


def build(reach: Reach, on: date, *, anew: bool = False) -> Path:
    """Build a generation from what a reader may have on a day and make it current, unless somebody just has.

    It holds the vectors that have been encoded so far; those that are missing follow.
    """
    folder = _folder(reach.key)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        documents, made = _state(reach.documents(on)).name, _current(reach)
        stamp = documents + _encoding(reach.owner)
        if not anew and made is not None and made.name.startswith(stamp) and made.exists():
            return made
        unfinished = folder / f"{uuid7().hex}.part"
        unfinished.mkdir()
        parts, found = search_parts(), items(reach.documents(on))
        with kept(reach.owner) as store:
            cuts = store.cuts(
                found
            )  # new ones are without vectors; whether there are such is looked up after it
            path = folder / _named(documents + _encoding(reach.owner))
            index.build(
                unfinished,
                found,
                cuts=cuts,
                vectors=parts.vectors,
                encoded=store if parts.encoder is not None else None,
            )
        unfinished.rename(path)
        pointer = folder / "CURRENT.part"
        with pointer.open("w") as written:
            written.write(path.name)
            written.flush()
            os.fsync(written.fileno())
        pointer.rename(folder / "CURRENT")
        _sync(folder)
        _sweep(folder, path)
    return path


def name_of_next(reach: Reach, on: date) -> str:
    """The name of a generation built from the documents as they are now."""
    return _named(_state(reach.documents(on)).name + _encoding(reach.owner))


def forget(owner: Organisation) -> None:
    """Remove the indexes of the owner's staff: each is built again when it is asked the next time."""
    for folder in (settings.VAR / "index").glob(f"{owner.code}.staff*"):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept(owner: Organisation) -> Iterator[Kept]:
    """Open what is kept of an owner's passages, whoever they are for: a table where servers share it, else a file."""
    if shared.is_shared():
        yield shared.Table(owner)
        return
    folder = _folder(owner.code)
    folder.mkdir(parents=True, exist_ok=True)
    with Encoded(folder / _ENCODED) as file:
        yield file


def items(documents: QuerySet[Document]) -> list[Item]:
    """What an index is built from: the passages of documents."""
    by_id = {document.pk: document for document in documents}
    passages = readable(Passage).filter(document__in=list(by_id)).order_by("document", "ordinal")
    found = []
    for passage in passages.iterator():
        document = by_id[passage.document_id]
        about = subject(document.title, passage.heading, passage.question)
        found.append(Item(passage.pk.hex, about, document.text[passage.start : passage.end]))
    return found


class _State(NamedTuple):
    """How documents are: their number, and a name that is another one after whatever is done to one of them."""

    number: int
    name: str


def _state(documents: QuerySet[Document]) -> _State:
    """Look up how documents are on their day.

    What begins to be valid moves the latest beginning, what ends makes the documents fewer.
    """
    known = documents.aggregate(
        count=Count("pk"),
        newest=Max(Cast("pk", CharField())),
        changed=Max("changed_at"),
        begun=Max("valid_from"),
    )
    built_from = " ".join([*map(str, known.values()), search_parts().name])
    return _State(known["count"], hashlib.sha256(built_from.encode()).hexdigest()[:16])


def _encoding(owner: Organisation) -> str:
    """How far the vectors are that servers share: another server may have made the rest meanwhile."""
    is_part = shared.is_shared() and search_parts().encoder is not None and shared.is_unfinished(owner)
    return "-part" if is_part else "-whole"


def _named(stamp: str) -> str:
    return f"{stamp}-{uuid7().hex}"


def _folder(key: str) -> Path:
    folder: Path = settings.VAR / "index" / key
    return folder


def _current(reach: Reach) -> Path | None:
    folder = _folder(reach.key)
    try:
        return folder / (folder / "CURRENT").read_text()
    except FileNotFoundError:
        return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(folder: Path, current: Path) -> None:
    """Remove older generations; a reader that still has one open keeps it until it lets go."""
    for path in folder.iterdir():
        if path.is_dir() and path != current:
            shutil.rmtree(path, ignore_errors=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep(mine: tuple[int, str], held: Held) -> None:
    """Keep what is asked most; an index that is let go closes itself when the last thread has done with it."""
    with _keeping:
        _held[mine] = held
        _held.move_to_end(mine)
        if len(_held) > _MOST_OPEN:
            _held.popitem(last=False)
