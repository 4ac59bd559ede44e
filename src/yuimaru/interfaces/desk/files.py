"""Handing out stored files: as they were handed in, never guessed at by the browser."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.files.queries import get_file, read
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.interfaces.desk.standing import Standing, official

SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/jpeg", "image/png"})


@require_GET
@official
def download(request: HttpRequest, standing: Standing, file_id: UUID) -> HttpResponse:
    """A file of one's own organisation; those of others go with the task that a mandate covers."""
    file = get_file(file_id)
    is_own = file.owner_id == standing.organisation.pk
    if not is_own or not may(standing.actor, Verb.SEE_CASES, file.owner_id):
        raise NotVisible(str(file_id))
    return sent(file, inline=False)


def sent(file: StoredFile, *, inline: bool) -> HttpResponse:
    """The bytes of a file under its own name; only pictures and PDF may open in the browser."""
    in_browser = inline and file.media_type in SHOWN_IN_BROWSER
    response = HttpResponse(read(file), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(not in_browser, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
