"""AES-256-GCM over what is sealed; the place it belongs to is authenticated, so nothing can be moved elsewhere."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yuimaru.foundation.keys import ring
from yuimaru.foundation.keys.models import DataKey

FORMAT = b"\x01"
NONCE = 12  # bytes, random: far fewer than 2**32 messages per key


class Destroyed(Exception):
    """The key was destroyed: nobody can read this any more."""


class Tampered(Exception):
    """The sealed bytes, or the place they stand in, are not those that were written."""


def wrap(data_key: bytes, *, kek: str, key_id: str) -> bytes:
    """Encrypt a data key with an installation key."""
    return _encrypt(ring.get(kek), data_key, key_id)


def seal(key: DataKey, plain: bytes, *, place: str) -> bytes:
    """Encrypt bytes for one place ("table.column:ID"); raises Destroyed."""
    return _encrypt(_unwrap(key), plain, place)


def unseal(key: DataKey, sealed: bytes, *, place: str) -> bytes:
    """Decrypt bytes from the place they were sealed for; raises Destroyed, Tampered, MissingKey."""
    return _decrypt(_unwrap(key), sealed, place)


def _unwrap(key: DataKey) -> bytes:
    if key.destroyed_at is not None:
        raise Destroyed(str(key.pk))
    return _decrypt(ring.get(key.kek), bytes(key.wrapped), str(key.pk))


def rewrap(key: DataKey, *, kek: str) -> bytes:
    """The same data key under another installation key."""
    return wrap(_unwrap(key), kek=kek, key_id=str(key.pk))


def _encrypt(secret: bytes, plain: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return FORMAT + nonce + AESGCM(secret).encrypt(nonce, plain, place.encode())


def _decrypt(secret: bytes, sealed: bytes, place: str) -> bytes:
    if sealed[:1] != FORMAT:
        raise Tampered(place)
    try:
        return AESGCM(secret).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], place.encode())
    except InvalidTag:
        raise Tampered(place) from None
