"""The queue as a table to take away, for spreadsheets: what the page shows, with the same masks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yuimaru.core.text import tables_out
from yuimaru.interfaces.desk.queue import Line, asked_filters, lines
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look import downloads
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.desks.actions import export_queue


@require_GET
@official
def as_csv(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The queue as CSV in UTF-8 with a mark, as Excel reads it."""
    content = tables_out.to_csv(_names(), _rows(request, standing))
    return downloads.sent(content, name=_title(standing), media_type=tables_out.CSV_TYPE)


@require_GET
@official
def as_workbook(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The queue as a workbook whose cells are all text."""
    content = tables_out.to_xlsx(_names(), _rows(request, standing), sheet=_("Tasks"))
    return downloads.sent(content, name=_title(standing), media_type=tables_out.XLSX_TYPE)


def _title(standing: Standing) -> str:
    return f"{_('Tasks')}_{standing.on:%Y%m%d}"


def _names() -> list[str]:
    return [
        _("Deadline"),
        _("Days left"),
        _("Municipality"),
        _("Procedure"),
        _("Step"),
        _("Reception number"),
        _("Applicant"),
        _("State"),
        _("In charge"),
    ]


def _rows(request: HttpRequest, standing: Standing) -> list[list[str]]:
    found = export_queue(
        mandates=standing.mandates,
        filters=asked_filters(request),
        by=standing.actor,
        at=standing.at,
        on=standing.on,
    )
    return [_row(line) for line in lines(found, standing)]


def _row(line: Line) -> list[str]:
    task, applicant = line.row.task, line.row.applicant
    return [
        task.due_on.isoformat() if task.due_on else "",
        line.deadline.words,
        said(task.owner, "name"),
        line.procedure,
        line.step,
        task.case.number,
        _("Outside the mandate") if applicant is None else applicant,
        line.sign.word,
        said(task.taken_by, "name") if task.taken_by else "",
    ]
