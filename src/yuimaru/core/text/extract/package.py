"""Office packages (DOCX, XLSX, PPTX): judged part by part before a parser sees them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from itertools import pairwise

from lxml import etree

from yuimaru.core.files.dangers import EICAR
from yuimaru.core.text.extract.result import Refusal

_LARGEST_UNPACKED = 150_000_000  # bytes
_LARGEST_PART = 100_000_000  # bytes
_MOST_PARTS = 10_000
_LOCAL_HEADER = 30  # bytes before a part's name
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_TYPES = "[Content_Types].xml"
_MACROS = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.\-]+)[\"']")
_XML_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_EBCDIC_START = b"\x4c\x6f\xa7\x94"
_NESTED = b"PK\x03\x04"


def kind_of(content: bytes) -> str:
    """Name the kind of package: docx, xlsx, pptx, "package" for any other, "damaged_zip"."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "damaged_zip"
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), "package")


def check(content: bytes) -> None:
    """Refuse a package that unpacks to too much, is locked, moves by itself, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise Refusal("encrypted")
            _check_sizes(parts)
            _check_places(parts)
            for part in parts:
                _check_part(part.filename, package.read(part))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise Refusal("broken") from error


def damage(error: Exception) -> Refusal:
    """What a parser's failure means: a tree that outgrew the memory, or a damaged file."""
    outgrown = isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY
    return Refusal("too_complex" if outgrown else "broken")


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    """The sizes that parts declare; reading stops there, so that a lie is found as damage."""
    too_large = sum(part.file_size for part in parts) > _LARGEST_UNPACKED
    if too_large or len(parts) > _MOST_PARTS or any(part.file_size > _LARGEST_PART for part in parts):
        raise Refusal("too_large")


def _check_places(parts: Sequence[zipfile.ZipInfo]) -> None:
    """Parts that share bytes or a name, or lead out of the package, are two things to two readers."""
    names = [part.filename for part in parts]
    placed = sorted(parts, key=lambda part: part.header_offset)
    overlap = any(
        one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset
        for one, other in pairwise(placed)
    )
    outside = any(".." in name.replace("\\", "/").split("/") or name.startswith("/") for name in names)
    if overlap or outside or len(set(names)) < len(names):
        raise Refusal("suspicious")


def _check_part(name: str, held: bytes) -> None:
    if name == _TYPES and _MACROS.search(held):
        raise Refusal("macro")
    if name.lower().endswith("vbaproject.bin"):
        raise Refusal("macro")
    if EICAR in held:
        raise Refusal("suspicious")
    if held.startswith(_NESTED):  # a chart's workbook, say: never opened, but whoever opens it must survive
        with zipfile.ZipFile(io.BytesIO(held)) as nested:
            _check_sizes(nested.infolist())
    _check_xml(held)


def _check_xml(held: bytes) -> None:
    """No Office program declares entities or leaves UTF-8 and UTF-16; a part counts as XML by its bytes."""
    start = held[:512]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    plain = start.replace(b"\x00", b"").lstrip()
    if start.startswith(_EBCDIC_START):
        raise Refusal("suspicious")
    if not plain.startswith(b"<"):
        return
    encoding = _ENCODING.match(plain)
    if encoding and encoding[1].lower() not in _XML_ENCODINGS:
        raise Refusal("suspicious")
    if _DECLARATION.search(held.replace(b"\x00", b"") if b"\x00" in start else held):
        raise Refusal("suspicious")
