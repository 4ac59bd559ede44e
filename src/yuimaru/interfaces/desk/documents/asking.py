"""文書に尋ねる: the same three outcomes as residents get, from the documents that the asking member of staff may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.services.knowledge.queries import LONGEST_QUESTION
from yuimaru.services.knowledge.queries import ask as ask_documents
from yuimaru.services.knowledge.rules.answer import Answer


@require_GET
@official
def ask(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The answer to `?q=`, or an empty box; nothing about the question is kept."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    answer = None
    if question:
        answer = ask_documents(standing.organisation, question, standing.on, reader=standing.actor)
    context = shell.around(standing, here="ask") | {
        "question": question,
        "longest": LONGEST_QUESTION,
        "answer": answer,
        "explanation": _explanation(answer) if answer else "",
    }
    return render(request, "desk/documents/ask.html", context)


def _explanation(answer: Answer) -> str:
    """Why there is no answer, without the first sentence: the page says that one larger."""
    if answer.refusal is None:
        return ""
    is_ja = get_language() == "ja"
    message = answer.refusal.message if is_ja else answer.refusal.message_en
    return message.partition("。" if is_ja else ". ")[2]
