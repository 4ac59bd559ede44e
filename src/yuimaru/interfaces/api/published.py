"""What a municipality publishes, for other systems to read: its procedures, and the documents that answers are made of."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_public_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.api.replies import reply
from yuimaru.interfaces.api.shapes import Errors, Facts, Listed, Procedure, Procedures, Text
from yuimaru.services.catalogue.queries import Adopted, get_for_residents, list_for_residents
from yuimaru.services.knowledge.queries import Reach, shown_document

router = Router(tags=["published"])

MOST = 20_000  # characters of a document at once


@router.get(
    "/m/{code}/procedures",
    url_name="procedures",
    operation_id="procedures",
    summary="手続の一覧 / Procedures",
    response={200: Procedures, 404: Errors},
)
def procedures(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what residents can apply for today."""
    municipality = get_public_municipality(code)
    with scope(Actor.resident(municipality)):
        offered = list_for_residents(municipality, on=timezone.localdate())
        told = [_listed(code, adopted).model_dump() for adopted in offered]
    return reply({"municipality": code, "procedures": told})


@router.get(
    "/m/{code}/procedures/{kata}",
    url_name="procedure",
    operation_id="procedure",
    summary="手続の案内 / One procedure",
    response={200: Procedure, 404: Errors},
)
def procedure(request: HttpRequest, code: str, kata: str) -> HttpResponse:
    """Tell until when, what it costs, what to bring, and the guidance."""
    municipality = get_public_municipality(code)
    with scope(Actor.resident(municipality)):
        adopted = get_for_residents(municipality, kata, on=timezone.localdate())
        told = _listed(code, adopted).model_dump() | {"guidance": adopted.program.guidance()}
    return reply(told)


@router.get(
    "/m/{code}/documents/{document_id}",
    url_name="document",
    operation_id="document",
    summary="文書を読む / Read a document",
    response={200: Text, 404: Errors, 422: Errors},
)
def document(
    request: HttpRequest, code: str, document_id: UUID, offset: Annotated[int, Query(ge=0)] = 0
) -> HttpResponse:
    """Tell the text of a document in force, so many characters at once; every quote stands in it."""
    municipality = get_public_municipality(code)
    with scope(Actor.resident(municipality)):
        found = shown_document(Reach(municipality), document_id, on=timezone.localdate())
    rest = len(found.text) - offset - MOST
    return reply(
        {
            "document": {
                "id": str(found.pk),
                "title": found.title,
                "revision": found.revision,
                "valid_from": found.valid_from.isoformat(),
            },
            "url": f"/m/{code}/documents/{found.pk}",
            "text": found.text[offset : offset + MOST],
            "offset": offset,
            "next_offset": offset + MOST if rest > 0 else None,
        }
    )


def _listed(code: str, adopted: Adopted) -> Listed:
    kata = adopted.program.kata
    return Listed(
        kata=kata.kata,
        title=kata.title,
        summary=kata.summary,
        facts=Facts(**kata.facts.model_dump()),
        bring=list(kata.bring),
        url=f"/m/{code}/procedures/{kata.kata}/",
    )
