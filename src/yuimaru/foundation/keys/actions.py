"""Making, destroying and rewrapping data keys."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from uuid_utils.compat import uuid7

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.keys import ring, sealing
from yuimaru.foundation.keys.models import DataKey

BATCH = 500


def make_key(*, owner_id: int, at: datetime) -> DataKey:
    """A new data key for one subject."""
    key_id, kek = uuid7(), ring.current()
    wrapped = sealing.wrap(secrets.token_bytes(32), kek=kek, key_id=str(key_id))
    return DataKey.objects.create(id=key_id, owner_id=owner_id, kek=kek, wrapped=wrapped, made_at=at)


@transaction.atomic
def destroy_key(*, key: DataKey, owner: str, by: str, at: datetime) -> None:
    """Make everything under a key unreadable for ever, in every backup too; only a tombstone stays."""
    ring.bury(str(key.pk))
    _empty(key, at)
    record("key.destroyed", owner_id=key.owner_id, owner=owner, by=by, at=at, about=f"key:{key.pk}")


def bury_again(*, at: datetime) -> int:
    """Destroy once more what a restored backup has brought back; gives how many keys those were."""
    revived = DataKey.objects.filter(pk__in=ring.buried(), destroyed_at=None)
    count = 0
    for key in revived:
        _empty(key, at)
        count += 1
    return count


def rotate(*, at: datetime) -> int:
    """Wrap all data keys with a new installation key and drop the old ones; gives how many were rewrapped.

    May be interrupted and started again: a key that is still in use is never dropped.
    """
    fresh = ring.make()
    count = 0
    while batch := list(DataKey.objects.exclude(kek=fresh).filter(destroyed_at=None)[:BATCH]):
        with transaction.atomic():
            for key in batch:
                key.wrapped, key.kek = sealing.rewrap(key, kek=fresh), fresh
            DataKey.objects.bulk_update(batch, ["wrapped", "kek"])
        count += len(batch)
    used = set(DataKey.objects.filter(destroyed_at=None).values_list("kek", flat=True).distinct())
    for path in ring.folder().glob("kek-*.key"):
        name = path.stem.removeprefix("kek-")
        if name != fresh and name not in used:
            ring.drop(name)
    return count


def _empty(key: DataKey, at: datetime) -> None:
    key.wrapped, key.destroyed_at = b"", at
    key.save(update_fields=["wrapped", "destroyed_at"])
