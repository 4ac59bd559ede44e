"""Writing to the log: always inside the transaction of the act itself, never alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection
from uuid_utils.compat import uuid7

from yuimaru.foundation.audit import rules
from yuimaru.foundation.audit.models import Delivery, Event, Head


@dataclass(frozen=True)
class Happened:
    """What one event says: its kind, whom it is about ("noun:ID"), and codes, ids, counts and digests."""

    kind: str
    about: str = ""
    data: rules.Data = field(default_factory=dict)


def record(
    kind: str,
    *,
    owner_id: int,
    owner: str,
    by: str,
    at: datetime,
    about: str = "",
    data: rules.Data | None = None,
) -> Event:
    """Append one event to the owner's chain and note who must react to it (`settings.REACTIONS`).

    `owner` is the owner's code, `by` the actor's reference, `about` "noun:ID"; `data` holds codes, ids,
    counts and digests, never names or answers. Raises RuntimeError outside a transaction: an act and its
    record are one commit or none.
    """
    return record_all(Happened(kind, about, data or {}), owner_id=owner_id, owner=owner, by=by, at=at)[0]


def record_all(*happened: Happened, owner_id: int, owner: str, by: str, at: datetime) -> list[Event]:
    """Append the events of one act in their order, with as many statements as one of them needs; else as `record`."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record must run in the transaction of the act it records")
    head, _ = Head.objects.select_for_update().get_or_create(
        owner_id=owner_id, defaults={"seq": 0, "hash": rules.GENESIS}
    )
    events = []
    for one in happened:
        events.append(_next(head, one, owner=owner, by=by, at=at))
        head.seq, head.hash = events[-1].seq, events[-1].hash
    Event.objects.bulk_create(events)
    head.save(update_fields=["seq", "hash"])
    reactions: dict[str, tuple[str, ...]] = settings.REACTIONS
    Delivery.objects.bulk_create(
        Delivery(event=event, handler=handler, next_at=at)
        for event in events
        for handler in reactions.get(event.kind, ())
    )
    return events


def _next(head: Head, happened: Happened, *, owner: str, by: str, at: datetime) -> Event:
    id, moment, seq = uuid7(), rules.moment(at), head.seq + 1
    body = rules.body_text(
        id=id.hex,
        seq=seq,
        owner=owner,
        kind=happened.kind,
        by=by,
        at=moment,
        about=happened.about,
        data=happened.data,
    )
    return Event(
        id=id,
        owner_id=head.owner_id,
        seq=seq,
        kind=happened.kind,
        about=happened.about,
        at=moment,
        prev=head.hash,
        body=body,
        hash=rules.chain(head.hash, body),
    )
