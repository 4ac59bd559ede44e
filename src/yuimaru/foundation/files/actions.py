"""Storing files, durable before the row that names them is committed, and removing those that nobody sent."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.db import transaction
from uuid_utils.compat import uuid7

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.files.queries import path_of, sealed_path
from yuimaru.foundation.keys.actions import destroy_key, make_key
from yuimaru.foundation.keys.sealing import seal
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation


@transaction.atomic
def store(
    content: bytes,
    *,
    name: str,
    media_type: str,
    owner: Organisation,
    purpose: str,
    by: Actor,
    at: datetime,
    until: datetime | None = None,
) -> StoredFile:
    """Write the bytes with fsync, then the row; with `until` it is swept then, unless it is kept before.

    Public documents lie as they are, equal ones in one place; attachments are sealed under a key of their own.
    """
    file_id = uuid7()
    key = make_key(owner_id=owner.pk, at=at) if purpose == StoredFile.Purpose.ATTACHMENT else None
    kept = seal(key, content, place=f"file:{file_id}") if key else content
    sha256 = hashlib.sha256(kept).hexdigest()
    path = (
        sealed_path(owner_id=owner.pk, file_id=file_id) if key else path_of(owner_id=owner.pk, sha256=sha256)
    )
    _write(path, kept)
    file = StoredFile.objects.create(
        id=file_id,
        owner=owner,
        key=key,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=sha256,
        purpose=purpose,
        stored_at=at,
        expires_at=until,
    )
    record(
        "file.stored",
        owner_id=owner.pk,
        owner=owner.code,
        by=by.ref,
        at=at,
        about=f"file:{file.pk}",
        data={"sha256": sha256, "size": len(content), "purpose": purpose},
    )
    return file


def keep(*, file_ids: Collection[str], until: datetime | None = None) -> None:
    """Let uploads live longer, without `until` for good; what is kept for good already stays so."""
    if file_ids:
        StoredFile.objects.filter(pk__in=file_ids).exclude(expires_at=None).update(expires_at=until)


def sweep(*, owner: Organisation, by: Actor, at: datetime) -> int:
    """Remove uploads that were not sent in time, with their keys and bytes; gives their number."""
    due = StoredFile.objects.filter(owner=owner, expires_at__lte=at).select_related("key")
    return sum(_remove(file, owner=owner, by=by, at=at) for file in due)


@transaction.atomic
def _remove(file: StoredFile, *, owner: Organisation, by: Actor, at: datetime) -> bool:
    """Whether it was still due. Bytes go before the commit: if that fails, the next sweep finds the row again."""
    gone, _ = StoredFile.objects.filter(pk=file.pk, expires_at__lte=at).delete()
    if not gone:
        return False
    if file.key is not None:
        destroy_key(key=file.key, owner=owner.code, by=by.ref, at=at)
        sealed_path(owner_id=owner.pk, file_id=file.pk).unlink(missing_ok=True)
    record("file.removed", owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=f"file:{file.pk}")
    return True


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{uuid7().hex}")
    with unfinished.open("xb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
