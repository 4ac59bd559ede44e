"""ZIP archives: each member judged before it is unpacked, those that are refused named with their reason."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from yuimaru.core.text.extract.result import Refusal

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200_000_000  # bytes, of one archive with all that lie in it
MOST_SWOLLEN = 100  # times its packed size
DEEPEST = 3  # archives within each other
_SMALL = 1_000_000  # bytes; a file of blanks may swell as it likes below that
_LOCAL_HEADER = 30  # bytes before a member's name
_IN_UTF8, _ENCRYPTED = 0x800, 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^./]|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(slots=True)
class Budget:
    """What is left for one archive and for those within it."""

    members: int = MOST_MEMBERS
    size: int = MOST_UNPACKED


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path there, and its bytes or the code that refuses it."""

    name: str
    content: bytes = b""
    refused: str | None = None


def members(content: bytes, budget: Budget) -> Iterator[Member]:
    """Unpack an archive file by file; raises Refusal when it is no whole ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            doubtful = _doubtful(entries)
            for entry in entries:
                name = _name(entry)
                if entry.is_dir() or name.endswith("/") or _LITTER.search(name):
                    continue
                if budget.members <= 0:
                    yield Member(name, refused="too_many")
                    return
                budget.members -= 1
                code = "suspicious" if id(entry) in doubtful else _objection(entry, name, budget)
                yield Member(name, refused=code) if code else _unpacked(archive, entry, name, budget)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refusal("broken") from error


def _objection(entry: zipfile.ZipInfo, name: str, budget: Budget) -> str | None:
    """The code that refuses a member by what the directory says of it."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or _DRIVE.match(name):
        return "outside"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "link"
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted"
    if entry.file_size > max(_SMALL, MOST_SWOLLEN * entry.compress_size):
        return "bomb"
    if entry.file_size > budget.size:
        return "too_much"
    return None


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget) -> Member:
    try:
        held = archive.read(entry)  # never more than the size that was judged
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError):
        return Member(name, refused="broken")
    budget.size -= len(held)
    return Member(name, held)


def _doubtful(entries: Sequence[zipfile.ZipInfo]) -> set[int]:
    """Members that share bytes or a name with another: two readers would see two things."""
    found: set[int] = set()
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    for one, other in pairwise(placed):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset:
            found |= {id(one), id(other)}
    seen: set[str] = set()
    for entry in entries:
        if entry.filename in seen:
            found.add(id(entry))
        seen.add(entry.filename)
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """The path as its maker wrote it: UTF-8 where the flag says so or the bytes allow it, else Windows' Japanese."""
    name = entry.filename
    if not entry.flag_bits & _IN_UTF8:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
