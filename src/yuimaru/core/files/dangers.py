"""Signs that a file is two things at once, or a test for virus scanners: nobody sends these by mistake."""

from __future__ import annotations

import re
import struct

# In two parts, so that no scanner takes this file for the test file itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

_ZIP_START, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_ZIP_TAIL = 22  # bytes of the record that ends a ZIP file, before its comment
_LONGEST_COMMENT = 65_535
_PDF = b"%PDF-"
_FOREIGN_START = re.compile(rb"<[a-z!?/]|PK\x03\x04|MZ|\x7fELF|#!|\x89PNG|\xff\xd8\xff|GIF8", re.IGNORECASE)


def is_suspicious(content: bytes) -> bool:
    """Whether the bytes hold the test for virus scanners, or are valid as two formats at once."""
    return EICAR in content or _is_two_formats(content)


def _is_two_formats(content: bytes) -> bool:
    pdf = content[:1024].find(_PDF)
    if pdf > 0 and _FOREIGN_START.search(content[:pdf]):
        return True
    return not content.startswith(_ZIP_START) and _ends_as_zip(content)


def _ends_as_zip(content: bytes) -> bool:
    """Whether a ZIP archive ends exactly where the bytes do; one embedded further inside does not."""
    tail = content[-_ZIP_TAIL - _LONGEST_COMMENT :]
    place = tail.find(_ZIP_END)
    while place >= 0:
        if len(tail) - place >= _ZIP_TAIL:
            (comment,) = struct.unpack_from("<H", tail, place + _ZIP_TAIL - 2)
            if place + _ZIP_TAIL + comment == len(tail):
                return True
        place = tail.find(_ZIP_END, place + 1)
    return False
