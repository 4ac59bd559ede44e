"""Writing to the log: always inside the transaction of the act itself, never alone."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection
from uuid_utils.compat import uuid7

from yuimaru.foundation.audit import rules
from yuimaru.foundation.audit.models import Delivery, Event, Head


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
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record must run in the transaction of the act it records")
    head, _ = Head.objects.select_for_update().get_or_create(
        owner_id=owner_id, defaults={"seq": 0, "hash": rules.GENESIS}
    )
    seq = head.seq + 1
    id, moment = uuid7(), rules.moment(at)
    body = rules.body_text(
        id=id.hex, seq=seq, owner=owner, kind=kind, by=by, at=moment, about=about, data=data or {}
    )
    event = Event.objects.create(
        id=id,
        owner_id=owner_id,
        seq=seq,
        kind=kind,
        about=about,
        at=moment,
        prev=head.hash,
        body=body,
        hash=rules.chain(head.hash, body),
    )
    head.seq, head.hash = seq, event.hash
    head.save(update_fields=["seq", "hash"])
    reactions: dict[str, tuple[str, ...]] = settings.REACTIONS
    Delivery.objects.bulk_create(
        Delivery(event=event, handler=handler, next_at=at) for handler in reactions.get(kind, ())
    )
    return event
