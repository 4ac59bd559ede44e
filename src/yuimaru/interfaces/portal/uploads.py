"""Files that residents add to a form: known by their content, stored once, kept while other fields are put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from yuimaru.core.files.uploads import inspect
from yuimaru.core.kata.forms.values import MEDIA_TYPES, MEGABYTE
from yuimaru.core.kata.models import Item, Step
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.files.queries import is_stored
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look.fields import KEPT, open_kept
from yuimaru.interfaces.look.receiving import Received
from yuimaru.services.procedures.rules import DRAFT_LIFE


def read_files(
    request: HttpRequest, municipality: Organisation, step: Step, numbers: list[int | None], *, at: datetime
) -> dict[str, dict[str, Any]]:
    """The files of a screen by path: newly chosen, else kept from before.

    What an item does not accept is described but not stored; reading the step then says what is wrong.
    """
    files: dict[str, dict[str, Any]] = {}
    for path, item in _file_items(step, numbers):
        chosen = request.FILES.get(path)
        if chosen is not None:
            files[path] = _take(chosen, item, municipality, at=at)
        elif (kept := open_kept(request.POST.get(path + KEPT, ""))) and is_stored(kept["id"]):
            files[path] = kept
    return files


def _file_items(step: Step, numbers: list[int | None]) -> Iterator[tuple[str, Item]]:
    for item in step.items:
        if item.type == "file":
            for number in numbers:
                yield (f"{step.repeat.id}.{number}.{item.id}" if step.repeat else item.id), item


def _take(
    chosen: UploadedFile[Any], item: Item, municipality: Organisation, *, at: datetime
) -> dict[str, Any]:
    name = chosen.called if isinstance(chosen, Received) else str(chosen.name)
    most = item.max_mb * MEGABYTE
    content = chosen.read(most + 1)
    accepted = {MEDIA_TYPES[kind] for kind in item.accept or MEDIA_TYPES}
    verdict = inspect(name, content, accept=accepted, most=most)
    described = {"id": "", "name": name, "size": chosen.size, "media_type": verdict.media_type}
    if verdict.refused is not None:
        return {**described, "refused": verdict.refused}
    stored = store(
        content,
        name=name,
        media_type=verdict.media_type,
        owner=municipality,
        purpose="attachment",
        by=Actor.resident(municipality),
        at=at,
        until=at + DRAFT_LIFE,
    )
    return {**described, "id": str(stored.pk)}
