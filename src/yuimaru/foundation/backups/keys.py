"""The keys of an installation, which travel apart from its data and are known there by their fingerprints."""

from __future__ import annotations

import hashlib
from pathlib import Path

from yuimaru.foundation.backups import inventory
from yuimaru.foundation.backups.report import Problem


def files(var: Path) -> list[tuple[str, Path]]:
    """Name and place of everything in the folder of keys: the keys, and notes that must stay with them."""
    found = sorted(path for path in (var / inventory.KEYS).glob("*") if path.is_file())
    return [(f"{inventory.KEYS}/{path.name}", path) for path in found]


def fingerprints(var: Path) -> dict[str, str]:
    """Name → fingerprint of every key. Keys are long and random, so a fingerprint gives nothing away.

    Notes beside the keys have none: they grow, and a later copy of the keys must open earlier data too.
    """
    return {name: _fingerprint(path) for name, path in files(var) if path.suffix == ".key"}


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(b"yuimaru key\n" + path.read_bytes()).hexdigest()


def mismatch(held: dict[str, str], wanted: dict[str, str]) -> list[Problem]:
    """Why these keys do not open that data: another installation's, or not all of them."""
    if wanted.items() <= held.items():
        return []
    return [
        Problem(
            "keys",
            "鍵がこのデータのものではありません。同じとき、またはあとに作った鍵の写しを指定してください。",
            "The keys do not belong to this data: give the copy of the keys that was made with it or later.",
        )
    ]
