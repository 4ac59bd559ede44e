"""Handing out stored files: as they were handed in, never guessed at by the browser."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.files.queries import get_file, read
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look import downloads
from yuimaru.services.protections.queries import is_withheld


@require_GET
@official
def download(request: HttpRequest, standing: Standing, file_id: UUID) -> HttpResponse:
    """A file of one's own organisation; those of others go with the task that a mandate covers."""
    file = get_file(file_id)
    is_own = file.owner_id == standing.organisation.pk
    hidden = is_withheld(file.key_id, actor=standing.actor, on=standing.on)
    if not is_own or hidden or not may(standing.actor, Verb.SEE_CASES, file.owner_id):
        raise NotVisible(str(file_id))
    return sent(file, inline=False)


def sent(file: StoredFile, *, inline: bool) -> HttpResponse:
    """The bytes of a file under its own name; only pictures may open in the browser."""
    return downloads.sent(read(file), name=file.name, media_type=file.media_type, inline=inline)
