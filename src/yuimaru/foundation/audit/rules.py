"""How an event is written down, hashed and judged; `tools/verify_chain.py` repeats this with the standard library."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

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


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification; `first_bad` is the sequence number of the first event that does not hold."""

    ok: bool
    events: int
    head_seq: int
    head_hash: str
    first_bad: int | None


def judge(rows: Iterable[Row], head: tuple[int, str], known_head: tuple[int, str] | None = None) -> Verdict:
    """Recompute a whole chain, oldest event first, and compare it with its head and one that was noted elsewhere."""
    prev, count = GENESIS, 0
    for row in rows:
        contradicted = known_head is not None and known_head[0] == row.seq and known_head[1] != row.hash
        if row.seq != count + 1 or not _holds(row, prev) or contradicted:
            return Verdict(False, count, *head, count + 1)
        prev, count = row.hash, count + 1
    complete = head == (count, prev) and (known_head is None or known_head[0] <= count)
    return Verdict(complete, count, *head, None if complete else count + 1)


def _holds(row: Row, prev: str) -> bool:
    """Whether the hash follows from the body and every other column still says what the body says."""
    if row.prev != prev or row.hash != chain(prev, row.body):
        return False
    body = json.loads(row.body)
    again = body_text(
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
