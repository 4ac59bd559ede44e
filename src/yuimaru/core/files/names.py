"""Names of files: kept as they came for the eye, made harmless where a disk or a browser acts on them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGEST = 255  # characters, as on the disks of our time
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_ON_DISKS = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_EXTENSIONS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "text/csv": (".csv",),
    "text/html": (".html", ".htm"),
    "text/markdown": (".md", ".markdown"),
    "text/plain": (".txt",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}


def is_odd(name: str) -> bool:
    """Whether a name lies about itself or cannot be one: control and direction signs, broken bytes, no end."""
    return not name or len(name) > LONGEST or any(_is_unseen(letter) for letter in name)


def _is_unseen(letter: str) -> bool:
    return letter in _BIDI or unicodedata.category(letter) in ("Cc", "Cs")


def for_disk(name: str, media_type: str) -> str:
    """A name under which a file of this type may be saved: one component, nothing unseen, the right ending."""
    plain = "".join(letter for letter in name if not _is_unseen(letter))
    plain = _NOT_ON_DISKS.sub("_", plain).strip(". ")[:LONGEST]
    if not plain or _RESERVED.match(plain):
        plain = f"_{plain}"
    endings = _EXTENSIONS.get(media_type, (".bin",))
    if PurePosixPath(plain).suffix.lower() in endings:
        return plain
    return plain[: LONGEST - len(endings[0])] + endings[0]


def disposition(name: str, media_type: str, *, inline: bool = False) -> str:
    """The Content-Disposition of a file (RFC 6266): the name in UTF-8, beside it one in ASCII for old readers."""
    safe = for_disk(name, media_type)
    kind = "inline" if inline else "attachment"
    if safe.isascii():
        return f'{kind}; filename="{safe}"'
    plain = "file" + PurePosixPath(safe).suffix
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
