"""The first page of a backup: which version made it, and everything that must be found in it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

FORMAT = 1


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Part):
    """One file, by its name in the data folder."""

    name: str
    size: int
    sha256: str


class ChainHead(_Part):
    """Where the log of one owner stood."""

    owner_id: int
    seq: int
    hash: str


class Manifest(_Part):
    """What a backup holds. `keys` are fingerprints, so that data and keys that do not belong together are seen."""

    format: int
    kind: Literal["data", "keys"]
    version: str
    made_at: str
    files: tuple[Entry, ...]
    keys: dict[str, str]
    migrations: tuple[tuple[str, str], ...] = ()
    tables: dict[str, int] = {}
    heads: tuple[ChainHead, ...] = ()


class Envelope(BaseModel):
    """The one field that every format, also a later one, is read by."""

    format: int
