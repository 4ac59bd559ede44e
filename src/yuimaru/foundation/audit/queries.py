"""Reading and verifying the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField
from django.db.models.functions import Cast

from yuimaru.foundation.audit import rules
from yuimaru.foundation.audit.models import Event, Head


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification; `first_bad` is the sequence number of the first event that does not hold."""

    ok: bool
    events: int
    head_seq: int
    head_hash: str
    first_bad: int | None


def verify(owner_id: int, *, known_head: tuple[int, str] | None = None) -> Verdict:
    """Recompute the owner's whole chain and compare it with the stored head and a head kept elsewhere.

    A head that was noted outside the system is what reveals a chain that was rewritten or cut as a whole.
    Others may write meanwhile: what was read must end between the heads before and after.
    """
    head_seq, head_hash = _head(owner_id)
    prev, count, expected = rules.GENESIS, 0, 1
    for row in _rows(owner_id):
        if row.seq != expected or not _holds(row, prev):
            return Verdict(False, count, head_seq, head_hash, expected)
        if known_head and known_head[0] == row.seq and known_head[1] != row.hash:
            return Verdict(False, count, head_seq, head_hash, row.seq)
        prev, count, expected = row.hash, count + 1, expected + 1
    later_seq, later_hash = _head(owner_id)
    expected_hash = {head_seq: head_hash, later_seq: later_hash}.get(count, prev)
    complete = head_seq <= count <= later_seq and expected_hash == prev
    if complete and (known_head is None or known_head[0] <= count):
        return Verdict(True, count, count, prev, None)
    return Verdict(False, count, head_seq, head_hash, count + 1)


def _head(owner_id: int) -> tuple[int, str]:
    head = Head.objects.filter(owner_id=owner_id).first()
    return (head.seq, head.hash) if head else (0, rules.GENESIS)


class Row(NamedTuple):
    """An event as it lies in the table, read as text so that even a damaged column can be looked at."""

    id: str
    seq: int
    kind: str
    about: str
    at: str
    prev: str
    body: str
    hash: str


def _rows(owner_id: int) -> Iterator[Row]:
    events = Event.objects.filter(owner_id=owner_id).order_by("seq")
    values = events.values_list(Cast("id", CharField()), "seq", "kind", "about", "at", "prev", "body", "hash")
    return (Row(*row) for row in values.iterator(chunk_size=1000))


def _holds(row: Row, prev: str) -> bool:
    """Whether the hash follows from the body and every other column still says what the body says."""
    if row.prev != prev or row.hash != rules.chain(prev, row.body):
        return False
    body = json.loads(row.body)
    again = rules.body_text(
        id=row.id.replace("-", ""),
        seq=row.seq,
        owner=body["owner"],
        kind=row.kind,
        by=body["by"],
        at=row.at,
        about=row.about,
        data=body["data"],
    )
    return bool(row.body == again)


def export_lines(owner_id: int) -> Iterator[str]:
    """The chain as JSON Lines `{"v","seq","prev","body","hash"}`, oldest first; `body` is the hashed text itself."""
    for row in _rows(owner_id):
        line = {"v": rules.VERSION, "seq": row.seq, "prev": row.prev, "body": row.body, "hash": row.hash}
        yield json.dumps(line, ensure_ascii=False)


@dataclass(frozen=True)
class Entry:
    """One event as a person reads it."""

    seq: int
    kind: str
    by: str
    at: datetime
    about: str
    data: dict[str, Any]


def about(owner_id: int, subject: str) -> list[Entry]:
    """What happened to one thing ("case:ID"), oldest first."""
    events = Event.objects.filter(owner_id=owner_id, about=subject).order_by("seq")
    return [_entry(event) for event in events]


def latest(owner_id: int, count: int) -> list[Entry]:
    """The newest events of an owner, newest first."""
    return [_entry(event) for event in Event.objects.filter(owner_id=owner_id).order_by("-seq")[:count]]


def _entry(event: Event) -> Entry:
    body = json.loads(event.body)
    at = datetime.fromisoformat(event.at)
    return Entry(event.seq, event.kind, body["by"], at, event.about, body["data"])
