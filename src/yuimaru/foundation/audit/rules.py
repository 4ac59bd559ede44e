"""How an event is written down and hashed; `tools/verify_chain.py` repeats this with the standard library alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

VERSION = 1
GENESIS = "0" * 64

Value = str | int | bool | None | list[str]
Data = Mapping[str, Value]


def moment(at: datetime) -> str:
    """A point in time as the log writes it: UTC, ISO 8601 with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def body_text(*, id: str, seq: int, owner: str, kind: str, by: str, at: str, about: str, data: Data) -> str:
    """The event as canonical JSON text: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        {
            "v": VERSION,
            "id": id,
            "seq": seq,
            "owner": owner,
            "kind": kind,
            "by": by,
            "at": at,
            "about": about,
            "data": dict(data),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def chain(prev: str, body: str) -> str:
    """SHA-256 over the previous hash, a line feed and the body, as hexadecimal text."""
    return hashlib.sha256(f"{prev}\n{body}".encode()).hexdigest()
