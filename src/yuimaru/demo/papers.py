"""Stand-ins for the papers that residents photograph: a blank card, stored as a real attachment."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from typing import Any

from yuimaru.foundation.files.actions import store
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation

WIDTH, HEIGHT, GREY = 320, 200, 0xDD  # pixels; the shape of a card


def attach(name: str, *, owner: Organisation, by: Actor, at: datetime) -> dict[str, Any]:
    """Store a blank card under a name; the answer that names it in a form."""
    stored = store(
        blank_card(), name=name, media_type="image/png", owner=owner, purpose="attachment", by=by, at=at
    )
    return {
        "id": str(stored.pk),
        "name": stored.name,
        "size": stored.size,
        "media_type": stored.media_type,
    }


def blank_card() -> bytes:
    """A grey PNG, 8 bits a pixel."""
    rows = (b"\0" + bytes([GREY]) * WIDTH) * HEIGHT  # every row begins with its filter: none
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
