"""`POST …/ask`: a question to a municipality's documents, open to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_public_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.api import errors
from yuimaru.interfaces.api.replies import reply
from yuimaru.interfaces.api.shapes import Answered, Errors, Question
from yuimaru.interfaces.look.asking import asked
from yuimaru.interfaces.look.noting import noted

router = Router(tags=["ask"])


@router.post(
    "/m/{code}/ask",
    url_name="ask",
    operation_id="ask",
    summary="文書に尋ねる / Ask the documents",
    response={200: Answered, 400: Errors, 404: Errors, 413: Errors, 422: Errors},
)
def ask(request: HttpRequest, code: str, question: Question) -> HttpResponse:
    """Answers with sentences of the municipality's own documents and their sources, or says that none answers."""
    municipality = get_public_municipality(code)
    if not question.question.strip():
        return errors.refusal(request, 422, [("question", errors.BY_FAULT["missing"])])
    with scope(Actor.resident(municipality)):
        answer = asked(municipality, question.question, question.before, at=timezone.localtime())
    return noted(reply(answer), request, municipality, answer, channel="api")
