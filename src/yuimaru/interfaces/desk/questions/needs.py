"""尋ねられていること: a year of questions by subject and month, and how long they are kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yuimaru.core.text import tables_out
from yuimaru.foundation.tenancy.rules import Verb, may
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.questions import charts, frame
from yuimaru.interfaces.desk.questions.frame import OUTCOMES, answering
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.look import downloads
from yuimaru.services.questions import actions, queries
from yuimaru.services.questions.queries import Topic
from yuimaru.services.questions.rules.counting import LONGEST_DAYS, InvalidDays, told

TOP = 5


@require_http_methods(["GET", "HEAD", "POST"])
@answering
def needs(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What was asked in twelve months; whoever manages the municipality sets here how long questions are kept."""
    wrong = False
    if request.method == "POST":
        typed = request.POST.get("days", "").strip()
        try:
            days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1
            actions.keep_for(owner=standing.organisation, days=days, by=standing.actor, at=standing.at)
            return shell.see_other("desk:needs", anchor="#keeping")
        except InvalidDays:
            wrong = True
    owner = standing.organisation
    found = queries.needs(owner, on=standing.on)
    open_topics = queries.list_topics(owner, states=[Topic.State.OPEN], on=standing.on)
    context = frame.around(standing, tab="needs") | {
        "needs": found,
        "shares": [(words, found.outcomes[kind], found.share(kind)) for kind, words in OUTCOMES.items()],
        "bars": charts.bars(found),
        "seasons": charts.seasons(found),
        "months": [(month, place * 30 + 14) for place, month in enumerate(found.months)],
        "table": [(charts.named(subject), subject) for subject in found.subjects],
        "top": open_topics[:TOP],
        "open": len(open_topics),
        "kept_days": queries.kept_days(owner),
        "may_set": may(standing.actor, Verb.MANAGE_ORGANISATION, owner.pk),
        "longest": LONGEST_DAYS,
        "wrong": wrong,
    }
    return render(request, "desk/questions/needs.html", context, status=422 if wrong else 200)


@require_safe
@answering
def as_csv(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Subjects by month as CSV; numbers so small that they might be somebody's are not told, words never are."""
    found = actions.export_needs(owner=standing.organisation, by=standing.actor, at=standing.at)
    names = [_("Subject asked about"), *(f"{month:%Y-%m}" for month in found.months)]
    rows = [[charts.named(one), *map(told, one.by_month)] for one in found.subjects]
    for kind, words in OUTCOMES.items():
        rows.append(
            [_("Outcome: %(words)s") % {"words": words}, *(told(one[kind]) for one in found.by_outcome)]
        )
    name = f"{_('What people ask')}_{standing.on:%Y%m%d}"
    return downloads.sent(tables_out.to_csv(names, rows), name=name, media_type=tables_out.CSV_TYPE)
