"""Reading and verifying the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Max
from django.db.models.functions import Cast

from yuimaru.foundation.audit import rules
from yuimaru.foundation.audit.models import Event, Head


def verify(owner_id: int, *, known_head: tuple[int, str] | None = None) -> rules.Verdict:
    """Recompute the owner's whole chain and compare it with the stored head and a head kept elsewhere.

    A head that was noted outside the system is what reveals a chain that was rewritten or cut as a whole.
    Others may write meanwhile: the chain is judged as it stood, and nothing may stand beyond a later head.
    """
    head = _head(owner_id)
    verdict = rules.judge(_rows(owner_id, until=head[0]), head, known_head)
    last = Event.objects.filter(owner_id=owner_id).aggregate(last=Max("seq"))["last"] or 0
    later = _head(owner_id)[0]  # read after the last event, so that it can only be ahead of it
    if verdict.ok and last > later:
        return rules.Verdict(False, verdict.events, *head, later + 1)
    return verdict


def _head(owner_id: int) -> tuple[int, str]:
    head = Head.objects.filter(owner_id=owner_id).first()
    return (head.seq, head.hash) if head else (0, rules.GENESIS)


def _rows(owner_id: int, *, until: int | None = None) -> Iterator[rules.Row]:
    events = Event.objects.filter(owner_id=owner_id).order_by("seq")
    if until is not None:
        events = events.filter(seq__lte=until)
    values = events.values_list(Cast("id", CharField()), "seq", "kind", "about", "at", "prev", "body", "hash")
    return (rules.Row(*row) for row in values.iterator(chunk_size=1000))


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
