"""The keys of an installation, which travel apart from its data and are known there by their fingerprints."""

from __future__ import annotations

import hashlib
from pathlib import Path

from yuimaru.foundation.backups import inventory
from yuimaru.foundation.backups.report import Problem


def fingerprints(var: Path) -> dict[str, str]:
    """Name → fingerprint of every key. Keys are long and random, so a fingerprint gives nothing away."""
    found = sorted(path for path in (var / inventory.KEYS).glob("*") if path.is_file())
    return {f"{inventory.KEYS}/{path.name}": _fingerprint(path) for path in found}


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(b"yuimaru key\n" + path.read_bytes()).hexdigest()


def mismatch(held: dict[str, str], wanted: dict[str, str]) -> list[Problem]:
    """Why these keys do not open that data: another installation's, or not all of them."""
    if wanted.items() <= held.items():
        return []
    return [
        Problem(
            "keys",
            "鍵がこのデータのものではありません。同じときに作った鍵の写しを指定してください。",
            "The keys do not belong to this data: give the copy of the keys that was made with it.",
        )
    ]
