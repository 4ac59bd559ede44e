"""Reading stored files."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.keys.sealing import unseal
from yuimaru.foundation.tenancy.rules import NotVisible


def get_file(file_id: UUID) -> StoredFile:
    """The file in the open scope; raises NotVisible."""
    file = StoredFile.objects.filter(pk=file_id).select_related("key").first()
    if file is None:
        raise NotVisible(str(file_id))
    return file


def is_stored(file_id: str) -> bool:
    """Whether the open scope holds the file."""
    return StoredFile.objects.filter(pk=file_id).exists()


def path_of(*, owner_id: int, sha256: str) -> Path:
    """Where the bytes lie: one folder per owner, so that one owner's files can be moved or erased alone."""
    folder: Path = settings.VAR / "files" / str(owner_id) / sha256[:2]
    return folder / sha256


def sealed_path(*, owner_id: int, file_id: UUID) -> Path:
    """Where sealed bytes lie: under the file's id, since a digest would tell which files are equal."""
    folder: Path = settings.VAR / "files" / str(owner_id) / "sealed"
    return folder / file_id.hex


def read(file: StoredFile) -> bytes:
    """The bytes of the file; raises Destroyed once its key is."""
    if file.key is None:
        return path_of(owner_id=file.owner_id, sha256=file.sha256).read_bytes()
    sealed = sealed_path(owner_id=file.owner_id, file_id=file.pk).read_bytes()
    return unseal(file.key, sealed, place=f"file:{file.pk}")
