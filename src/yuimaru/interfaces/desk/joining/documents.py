"""Step 5: handing in the documents that answers may quote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yuimaru.core.text.extract import LARGEST_FILE
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.joining import frame
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.look.receiving import Received
from yuimaru.services.joining.queries import Stage
from yuimaru.services.knowledge.actions import Incoming, Turned, add_documents
from yuimaru.services.knowledge.queries import list_documents

MOST_FILES = 50
LEAD = gettext_lazy("documents words")


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def documents(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Hand files in; each that cannot be read is named with the reason, the others are taken."""
    require(standing.actor, Verb.MANAGE_DOCUMENTS, standing.organisation.pk)
    errors: list[str] = []
    if request.method == "POST":
        files = _files(request)
        errors = [_("Choose the files.")] if not files else []
        if files:
            taken = add_documents(owner=standing.organisation, items=files, by=standing.actor, at=standing.at)
            if not taken.refused:
                return shell.see_other("desk:joining_documents")
            errors = [_turned(each) for each in taken.refused]
    found = list_documents(standing.organisation).order_by("-added_at", "title")
    return frame.page(
        request,
        standing,
        Stage.DOCUMENTS,
        "documents.html",
        documents=found,
        problems=errors,
        errors=[{"message": message, "target": "files"} for message in errors],
        lead=LEAD,
    )


def _files(request: HttpRequest) -> list[Incoming]:
    """What was chosen, under the names that the files have at home."""
    return [
        Incoming(
            name=each.called if isinstance(each, Received) else str(each.name),
            content=each.read(LARGEST_FILE + 1),
        )
        for each in request.FILES.getlist("files")[:MOST_FILES]
    ]


def _turned(turned: Turned) -> str:
    ja, en = turned.refused.message_ja, turned.refused.message_en
    return f"{turned.name}：{ja}" if get_language() == "ja" else f"{turned.name}: {en}"
