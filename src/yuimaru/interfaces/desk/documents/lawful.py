"""この条文が変わったら: what names an article, and noting that one has changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from yuimaru.core.japan.laws import article_number
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.documents import changing, seeing
from yuimaru.interfaces.desk.documents.words import KINDS
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look.reviewing import Naming, laws, naming
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.rules.life import Unfit

LONGEST = 200


@dataclass(frozen=True)
class Thing:
    """A document, kata or notice, and all the places of the law that it names."""

    kind: Promise
    title: str
    url: str
    places: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@official
def articles(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What names `?law=` and `?article=`; a post notes that the article has changed."""
    asked = request.POST if request.method == "POST" else request.GET
    law, typed = (asked.get(name, "").strip()[:LONGEST] for name in ("law", "article"))
    unfit: Unfit | None = None
    if request.method == "POST":
        try:
            actions.note_article_change(
                owner=standing.organisation, law=law, article=typed, by=standing.actor, at=standing.at
            )
        except Unfit as refused:
            unfit = refused
        else:
            return shell.see_other("desk:documents_review")
    article = article_number(typed)
    found = _things(naming(standing.organisation, law, article), standing) if law else []
    context = shell.around(standing, here="documents") | {
        "law": law,
        "article": typed,
        "laws": laws(standing.organisation),
        "things": found,
        "manages": seeing.manages(standing),
        "error": changing.in_words(unfit) if unfit else "",
    }
    return render(request, "desk/documents/articles.html", context, status=422 if unfit else 200)


def _things(found: list[Naming], standing: Standing) -> list[Thing]:
    """One line for each thing, the places in the order in which they stand."""
    readable = set(
        map(str, queries.visible(standing.organisation, standing.actor).values_list("pk", flat=True))
    )
    things: dict[tuple[str, str], Thing] = {}
    for one in found:
        if one.kind == "document" and one.id not in readable:
            continue
        url = reverse("desk:document", args=[one.id]) if one.kind == "document" else ""
        thing = things.setdefault((one.kind, one.id), Thing(KINDS[one.kind], one.title, url, []))
        if one.place not in thing.places:
            thing.places.append(one.place)
    return list(things.values())
