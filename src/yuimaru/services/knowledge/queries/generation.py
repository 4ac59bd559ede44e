"""The index files of an owner: which one is current, and building the next one.

The folder is a cache of the database. A generation is named by what it was built from, so a reader sees at
once that documents have changed since, and builds the next one itself if nobody has.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast
from uuid_utils.compat import uuid7

from yuimaru.core.text import index
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.queries.documents import CURRENT
from yuimaru.services.knowledge.rules.passages import searched

_MOST_OPEN = 64  # index files that one thread keeps open

_local = threading.local()


def current_index(owner: Organisation) -> index.Index:
    """Open the owner's index as the documents are now; it is built first when it is missing or behind."""
    stamp = _stamp(owner)
    opened: dict[str, tuple[Path, index.Index]] = _local.__dict__.setdefault("opened", {})
    held = opened.get(owner.code)
    if held is not None and held[0].name.startswith(stamp) and held[0].exists():
        return held[1]
    path = _current(owner)
    if path is None or not path.name.startswith(stamp):
        path = build(owner)
    try:
        found = index.Index(path)
    except index.StaleIndex:  # damaged, or swept away since CURRENT was read
        path = build(owner, anew=True)
        found = index.Index(path)
    _keep(opened, owner.code, path, found)
    return found


def build(owner: Organisation, *, anew: bool = False) -> Path:
    """Build a generation from the current public documents and make it current, unless somebody just has."""
    folder = _folder(owner)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        stamp, made = _stamp(owner), _current(owner)
        if not anew and made is not None and made.name.startswith(stamp) and made.exists():
            return made
        path = folder / f"{stamp}-{uuid7().hex}.sqlite"
        unfinished = path.with_suffix(".part")
        index.build(unfinished, _items(owner))
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


def _items(owner: Organisation) -> Iterator[index.Item]:
    documents = {document.pk: document for document in _current_documents(owner)}
    passages = Passage.objects.filter(owner=owner, document__in=list(documents)).order_by(
        "document", "ordinal"
    )
    for passage in passages.iterator():
        document = documents[passage.document_id]
        words = document.text[passage.start : passage.end]
        yield index.Item(passage.pk.hex, searched(document.title, passage.heading, passage.question, words))


def _current_documents(owner: Organisation) -> QuerySet[Document]:
    return Document.objects.filter(CURRENT, owner=owner, audience=Document.Audience.PUBLIC)


def _stamp(owner: Organisation) -> str:
    """Name what an index must be built from: any intake or withdrawal changes it."""
    known = _current_documents(owner).aggregate(count=Count("pk"), newest=Max(Cast("pk", CharField())))
    return hashlib.sha256(f"{known['count']} {known['newest']}".encode()).hexdigest()[:16]


def _folder(owner: Organisation) -> Path:
    folder: Path = settings.VAR / "index" / owner.code
    return folder


def _current(owner: Organisation) -> Path | None:
    try:
        return _folder(owner) / (_folder(owner) / "CURRENT").read_text()
    except FileNotFoundError:
        return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(folder: Path, current: Path) -> None:
    """Remove older generations; a reader that still has one open keeps it until it lets go."""
    for path in folder.glob("*.sqlite"):
        if path != current:
            path.unlink(missing_ok=True)
    for path in folder.glob("*.part"):
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep(opened: dict[str, tuple[Path, index.Index]], code: str, path: Path, found: index.Index) -> None:
    held = opened.pop(code, None)
    if held is not None:
        held[1].close()
    opened[code] = (path, found)
    while len(opened) > _MOST_OPEN:
        opened.pop(next(iter(opened)))[1].close()
