"""Secrets of tokens: made once, kept as a fingerprint only."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "yuimaru_"  # so that a scanner for leaked secrets knows one when it sees it


def new_secret() -> str:
    """A token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What is stored of a token: its SHA-256. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
