"""Taking the queue away as a table: every body whose tasks leave reads in its log who took how many."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.services.desks.queries import Filters, QueueRow, all_rows


@transaction.atomic
def export_queue(
    *, mandates: Sequence[Mandate], filters: Filters, by: Actor, at: datetime, on: date
) -> list[QueueRow]:
    """All rows of the narrowed queue, masked as on the page; one event per owner with count and digest.

    The digest is the SHA-256 of the exported tasks' ids, sorted, one a line.
    """
    rows = all_rows(by, mandates, filters, on=on)
    for owner, owned in groupby(sorted(rows, key=_owner), key=_owner):
        ids = sorted(str(row.task.pk) for row in owned)
        digest = hashlib.sha256("\n".join(ids).encode()).hexdigest()
        code, pk = owner
        record(
            "queue.exported",
            owner_id=pk,
            owner=code,
            by=by.ref,
            at=at,
            data={"tasks": len(ids), "sha256": digest},
        )
    return rows


def _owner(row: QueueRow) -> tuple[str, int]:
    return row.task.owner.code, row.task.owner_id
