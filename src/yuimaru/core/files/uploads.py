"""What a resident adds to a form: told by its bytes, refused when it is not what it says or would do harm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from yuimaru.core.files import names, pictures
from yuimaru.core.files.dangers import is_suspicious

Refusal = Literal["name", "type", "size", "suspicious", "broken", "pixels"]

_SIGNATURES = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
_DECLARED = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpe": "image/jpeg",
    ".jfif": "image/jpeg",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is, and why it is not taken (None: it is)."""

    media_type: str
    refused: Refusal | None


def inspect(name: str, content: bytes, *, accept: Collection[str], most: int) -> Verdict:
    """Judge a file by its bytes; `accept` are media types, `most` is bytes.

    Its name must say one of the accepted types too, though not the same one: cameras call a PNG `.jpg`.
    """
    media_type = next((kind for kind, start in _SIGNATURES.items() if content.startswith(start)), "")
    return Verdict(media_type, _refusal(name, content, media_type, accept, most))


def _refusal(
    name: str, content: bytes, media_type: str, accept: Collection[str], most: int
) -> Refusal | None:
    if not name or len(name) > names.LONGEST:
        return "name"
    if len(content) > most:
        return "size"
    if is_suspicious(content):
        return "suspicious"
    suffix = PurePosixPath(name).suffix.lower()
    if media_type not in accept or (suffix and _DECLARED.get(suffix) not in accept):
        return "type"
    if media_type == "application/pdf":
        return None if b"%%EOF" in content[-2048:] else "broken"
    pixels = pictures.size(content)
    if pixels is None:
        return "broken"
    return "pixels" if pixels[0] * pixels[1] > pictures.MOST_PIXELS else None
