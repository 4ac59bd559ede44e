"""How many pixels a picture says it has, read from its header alone: nothing is unpacked."""

from __future__ import annotations

import struct

MOST_PIXELS = 110_000_000  # what the largest telephone cameras take; more is a trap or a poster

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_SIZED = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # start of frame
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG; None when the header does not tell."""
    if content.startswith(_PNG):
        return _of_png(content)
    if content.startswith(_JPEG):
        return _of_jpeg(content)
    return None


def _of_png(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", content, 16)
    return (width, height) if width and height else None


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:  # filling
            place += 1
        elif marker in _ALONE:
            place += 2
        elif marker in _SIZED:
            return _of_frame(content, place)
        else:
            (length,) = struct.unpack_from(">H", content, place + 2)
            place += 2 + length
    return None


def _of_frame(content: bytes, place: int) -> tuple[int, int] | None:
    if place + 9 > len(content):
        return None
    height, width = struct.unpack_from(">HH", content, place + 5)
    return (width, height) if width and height else None
