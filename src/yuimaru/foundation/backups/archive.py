"""The file itself: a tar that `tar` can open, its manifest first, and behind its end the SHA-256 of all before."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Literal

from pydantic import ValidationError

from yuimaru.foundation.backups import inventory
from yuimaru.foundation.backups.manifest import FORMAT, Entry, Envelope, Manifest
from yuimaru.foundation.backups.report import Problem, Refused

Kind = Literal["data", "keys"]
FOLDER: dict[Kind, str] = {"data": "yuimaru-backup", "keys": "yuimaru-keys"}
SEAL = re.compile(rb"\nsha256:([0-9a-f]{64})\n")
SEAL_SIZE = 73
CHUNK = 2**20


def entry(name: str, path: Path) -> Entry:
    """A file with its size and SHA-256."""
    with path.open("rb") as file:
        return Entry(
            name=name, size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest()
        )


class _Sealing(io.RawIOBase):
    """Hashes what is written through it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.digest.update(data)
        return self.file.write(data)


def write(path: Path, manifest: Manifest, sources: Iterable[tuple[str, Path]]) -> None:
    """Write the whole archive, readable by its owner alone, and bring it to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        sealing = _Sealing(file)
        with tarfile.open(fileobj=sealing, mode="w|") as tar:
            text = manifest.model_dump_json(indent=1).encode()
            tar.addfile(_member(manifest.kind, "manifest.json", len(text)), io.BytesIO(text))
            sizes = {each.name: each.size for each in manifest.files}
            for name, source in sources:
                with source.open("rb") as content:
                    tar.addfile(_member(manifest.kind, name, sizes[name]), content)
        file.write(f"\nsha256:{sealing.digest.hexdigest()}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def _member(kind: Kind, name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(f"{FOLDER[kind]}/{name}")
    member.size, member.mode = size, 0o600
    return member


def read_manifest(path: Path, kind: Kind) -> Manifest:
    """The manifest of an archive that is whole; raises Refused with the reason otherwise."""
    _require_kind(path, kind)
    _require_seal(path)
    with tarfile.open(path, "r:") as tar:
        first = tar.next()
        content = tar.extractfile(first) if first else None
        text = content.read() if content else b""
    try:
        if Envelope.model_validate_json(text).format > FORMAT:
            raise newer()
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        raise _changed() from None
    if manifest.kind != kind or not all(_is_safe(each.name, kind) for each in manifest.files):
        raise _changed()
    return manifest


def _require_kind(path: Path, kind: Kind) -> None:
    with path.open("rb") as file:
        start = file.read(100)
    if not start:
        raise Refused("empty", f"{path.name} は空のファイルです。", f"{path.name} is empty.")
    for found, folder in FOLDER.items():
        if start.startswith(f"{folder}/".encode()[: len(start)]):
            if found == kind:
                return
            raise Refused(
                "other_kind",
                f"{path.name} は鍵の写しです。データの写しを指定してください。"
                if found == "keys"
                else f"{path.name} はデータの写しです。鍵の写しを指定してください。",
                f"{path.name} is a copy of the {'keys, not of the data' if found == 'keys' else 'data, not of the keys'}.",
            )
    raise Refused(
        "not_a_backup",
        f"{path.name} は、ゆいまーるの写しではありません。",
        f"{path.name} is not a backup of Yuimaru.",
    )


def _require_seal(path: Path) -> None:
    length = path.stat().st_size - SEAL_SIZE
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = length
        while left > 0 and (part := file.read(min(CHUNK, left))):
            digest.update(part)
            left -= len(part)
        seal = SEAL.fullmatch(file.read()) if length > 0 else None
    if seal is None:
        raise Refused(
            "truncated",
            f"{path.name} は途中で切れています。写しを取りなおすか、別の写しを使ってください。",
            f"{path.name} ends too early: make the backup again or use another one.",
        )
    if seal[1].decode() != digest.hexdigest():
        raise _changed()


def newer() -> Refused:
    """The refusal of what a later version made."""
    return Refused(
        "newer",
        "より新しい版のゆいまーるで作られています。その版か、それより新しい版で開いてください。",
        "It was made by a newer version of Yuimaru: open it with that version or a later one.",
    )


def _changed() -> Refused:
    return Refused(
        "changed",
        "作ったときの内容と違います。壊れているか、書きかえられています。別の写しを使ってください。",
        "It is not as it was made: damaged or changed. Use another backup.",
    )


def _is_safe(name: str, kind: Kind) -> bool:
    """Whether a name stays inside the data folder, at a place where this kind of backup has something to put."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute() or "\\" in name or "\0" in name:
        return False
    if kind == "keys":
        return parts[0] == inventory.KEYS and len(parts) == 2
    return name == inventory.DATABASE or (parts[0] in inventory.STORES and len(parts) > 1)


def unpack(path: Path, manifest: Manifest, place: Callable[[str], Path | None]) -> Iterator[Problem]:
    """Read every file against the manifest and write those that `place` gives a place to; yields what differs."""
    awaited = {f"{FOLDER[manifest.kind]}/{each.name}": each for each in manifest.files}
    with tarfile.open(path, "r:") as tar:
        for member in tar.getmembers()[1:]:
            expected = awaited.pop(member.name, None)
            content = tar.extractfile(member) if member.isreg() else None
            if expected is None or content is None:
                yield _file_problem(member.name)
            elif _copy(content, place(expected.name)) != (expected.size, expected.sha256):
                yield _file_problem(expected.name)
    for missing in awaited.values():
        yield _file_problem(missing.name)


def _copy(content: IO[bytes], target: Path | None) -> tuple[int, str]:
    """Size and SHA-256 of a stream, which is written to `target` on the way."""
    size, digest = 0, hashlib.sha256()
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target or os.devnull, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while part := content.read(CHUNK):
            file.write(part)
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _file_problem(name: str) -> Problem:
    return Problem(
        "files",
        f"ファイル {name} が目録と合いません。",
        f"The file {name} does not agree with the manifest.",
    )
