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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast
from uuid_utils.compat import uuid7

from yuimaru.core.text.meaning.parts import Parts, opened
from yuimaru.core.text.ranking import index
from yuimaru.core.text.ranking.encoded import Encoded
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.words import StaleIndex
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.queries.reach import Reach
from yuimaru.services.knowledge.rules.passages import subject

_MOST_OPEN = 64  # indexes that one thread keeps open
_ENCODED = "vectors.sqlite"

_local = threading.local()


def search_parts() -> Parts:
    """What this installation searches with."""
    return opened(settings.SEARCH_PARTS) if settings.SEARCH_PARTS else Parts()


def current_index(reach: Reach, on: date) -> index.Index:
    """Open the index of what a reader may have on a day; it is built first when it is missing or behind."""
    stamp = _stamp(reach, on)
    # By process: what a forked one inherits has lost its files.
    held: dict[str, tuple[Path, index.Index]] = _local.__dict__.setdefault(f"opened by {os.getpid()}", {})
    known = held.get(reach.key)
    if known is not None and known[0].name.startswith(stamp) and known[0].exists():
        return known[1]
    path = _current(reach)
    if path is None or not path.name.startswith(stamp):
        path = build(reach, on)
    try:
        found = index.Index(path)
    except StaleIndex:  # damaged, or swept away since CURRENT was read
        path = build(reach, on, anew=True)
        found = index.Index(path)
    _keep(held, reach.key, path, found)
    return found


def build(reach: Reach, on: date, *, anew: bool = False) -> Path:
    """Build a generation from what a reader may have on a day and make it current, unless somebody just has.

    It holds the vectors that have been encoded so far; those that are missing follow with `encoded`.
    """
    folder = _folder(reach.key)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        stamp, made = _stamp(reach, on), _current(reach)
        if not anew and made is not None and made.name.startswith(stamp) and made.exists():
            return made
        path = folder / f"{stamp}-{uuid7().hex}"
        unfinished = path.with_suffix(".part")
        unfinished.mkdir()
        parts = search_parts()
        if parts.encoder is None:
            index.build(unfinished, items(reach.documents(on)), vectors=parts.vectors)
        else:
            with encoded(reach.owner) as vectors:
                index.build(unfinished, items(reach.documents(on)), vectors=parts.vectors, encoded=vectors)
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


def forget(owner: Organisation) -> None:
    """Remove the indexes of the owner's staff: each is built again when it is asked the next time."""
    for folder in (settings.VAR / "index").glob(f"{owner.code}.staff*"):
        shutil.rmtree(folder, ignore_errors=True)


def encoded(owner: Organisation) -> Encoded:
    """Open the vectors that are kept of an owner's passages, whoever they are for."""
    folder = _folder(owner.code)
    folder.mkdir(parents=True, exist_ok=True)
    return Encoded(folder / _ENCODED)


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


def _stamp(reach: Reach, on: date) -> str:
    """Name what an index must be built from: whatever is done to a document, and its days, change it.

    What begins to be valid moves the latest beginning, what ends makes the documents fewer.
    """
    known = reach.documents(on).aggregate(
        count=Count("pk"),
        newest=Max(Cast("pk", CharField())),
        changed=Max("changed_at"),
        begun=Max("valid_from"),
    )
    built_from = " ".join([*map(str, known.values()), search_parts().name])
    return hashlib.sha256(built_from.encode()).hexdigest()[:16]


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


def _keep(held: dict[str, tuple[Path, index.Index]], code: str, path: Path, found: index.Index) -> None:
    known = held.pop(code, None)
    if known is not None:
        known[1].close()
    held[code] = (path, found)
    while len(held) > _MOST_OPEN:
        held.pop(next(iter(held)))[1].close()
