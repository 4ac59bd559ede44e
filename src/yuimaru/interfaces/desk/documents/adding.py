"""Taking several files in at once: each refusal by its name, and how far the encoding has come."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from yuimaru.core.text.extract import LARGEST_FILE
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.documents import changing
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look.receiving import Received
from yuimaru.services.knowledge.actions import Incoming, Intake, Turned, add_documents
from yuimaru.services.knowledge.queries import encoding_left, labels_of, titles_of
from yuimaru.services.knowledge.rules.life import Unfit, require_fitting

MOST_FILES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@official
def add(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Choose files and say for whom they are; what was read is told on the same page."""
    require(standing.actor, Verb.MANAGE_DOCUMENTS, standing.organisation.pk)
    typed = {name: request.POST.get(name, "").strip() for name in changing.FIELDS}
    unfit: Unfit | None = None
    taken: Intake | None = None
    if request.method == "POST":
        try:
            taken = _take(request, standing, typed)
        except Unfit as refused:
            unfit = refused
    left = encoding_left(standing.organisation)
    context = shell.around(standing, here="documents") | {
        "taken": taken,
        "added": _added(taken) if taken else [],
        "turned": [(one.name, _why(one)) for one in taken.refused] if taken else [],
        "left": left,
        **changing.fields(standing, typed, unfit),
    }
    return render(request, "desk/documents/add.html", context, status=422 if unfit else 200)


def _take(request: HttpRequest, standing: Standing, typed: dict[str, str]) -> Intake:
    terms = changing.read_terms(typed, first=standing.on)
    require_fitting(
        audience=terms.audience,
        label=terms.label,
        labels=labels_of(standing.organisation),
        has_section=terms.section is not None,
        is_shared=False,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
    )
    files = request.FILES.getlist("files")[:MOST_FILES]
    if not files:
        raise Unfit("files", "ファイルを選んでください。", "Choose the files.")
    items = [
        Incoming(
            name=one.called if isinstance(one, Received) else str(one.name),
            content=one.read(LARGEST_FILE + 1),
            section=terms.section,
            audience=terms.audience,
            label=terms.label,
            valid_from=terms.valid_from,
            valid_to=terms.valid_to,
        )
        for one in files
    ]
    return add_documents(
        owner=standing.organisation, items=items, by=standing.actor, at=standing.at, keep_duplicates=False
    )


class Told(NamedTuple):
    """A file that became a document: its title, and what somebody should look at."""

    id: UUID
    title: str
    passages: int
    unseen: int  # places that hold text that nobody sees
    machine_read: bool


def _added(taken: Intake) -> list[Told]:
    titles = titles_of([one.id for one in taken.added])
    return [
        Told(one.id, titles[one.id], one.passages, sum(one.flagged.values()), one.machine_read)
        for one in taken.added
    ]


def _why(turned: Turned) -> str:
    return turned.refused.message_ja if get_language() == "ja" else turned.refused.message_en
