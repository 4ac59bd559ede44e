"""Step 2: sections, and the people in them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yuimaru.foundation.people.models import Section
from yuimaru.foundation.people.queries import list_sections, members
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.joining import frame
from yuimaru.interfaces.desk.joining.questions import (
    Group,
    Option,
    Question,
    Values,
    attempt,
    entry,
    given,
    group,
    summary,
    typed,
    under,
)
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.joining import actions
from yuimaru.services.joining.queries import Stage
from yuimaru.services.joining.rules.faults import Fault, Refused
from yuimaru.services.joining.rules.sheet import ROLES, SectionEntry, StaffEntry

NEW_ROWS = 3
MOST_ROWS = 200
ROLE_WORDS = {
    "clerk": _("Clerk: works on applications"),
    "decider": _("Decider: decides on them"),
    "municipality-admin": _("Administrator: manages the municipality"),
    "author": _("Author: writes documents"),
    "reviewer": _("Reviewer: checks documents"),
    "auditor": _("Auditor: reads the log of acts"),
}
FIRST_ROLES = ("clerk", "decider", "clerk")  # what the empty rows propose
SECTION = (
    Question("name", _("Name of the section")),
    Question("phone", _("Telephone"), max_length=30),
    Question("duties", _("What residents go there for"), required=False, max_length=200),
    Question("place", _("Place"), _("place example"), required=False),
)


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def sections(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Change the sections that are there and add others."""
    known = list(list_sections())
    rows: list[Values] = [*({each.name: getattr(row, each.name) for each in SECTION} for row in known)]
    ids, faults = [str(row.pk) for row in known], list[Fault]()
    if request.method == "POST":
        ids, rows = _sent_sections(request)
        saved, faults = attempt(lambda: _save_sections(ids, rows, standing))
        if saved:
            more = frame.wants_more(request)
            return shell.see_other("desk:joining_sections" if more else "desk:joining_staff")
    else:
        rows += [{}] * NEW_ROWS
        ids += [""] * NEW_ROWS
    groups = [_section_row(place, ids, row, faults) for place, row in enumerate(rows)]
    return frame.page(
        request,
        standing,
        Stage.PEOPLE,
        "form.html",
        groups=groups,
        errors=summary(groups),
        several=True,
        lead=_("sections words"),
    )


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def staff(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Who is here, and who else comes in."""
    asked = _staff_questions(list(list_sections()))
    rows: list[Values] = [{"role": role} for role in FIRST_ROLES]
    faults: list[Fault] = []
    if request.method == "POST":
        rows = [typed(asked, request.POST, prefix=f"{place}.") for place in range(NEW_ROWS)]
        invited, faults = attempt(lambda: _save_staff(rows, standing))
        if invited is not None:
            frame.keep_invitations(request, invited)
            here = invited or frame.wants_more(request)
            return shell.see_other("desk:joining_staff" if here else "desk:joining_katas")
    groups = [
        group(frame.empty_row(place + 1), asked, row, under(faults, place), prefix=f"{place}.")
        for place, row in enumerate(rows)
    ]
    return frame.page(
        request,
        standing,
        Stage.PEOPLE,
        "staff.html",
        groups=groups,
        errors=summary(groups),
        several=True,
        members=members(standing.organisation, on=standing.on),
        roles=ROLE_WORDS,
        invited=frame.kept_invitations(request) if request.method == "GET" else [],
    )


@require_POST
@frame.of_a_municipality
def invite(request: HttpRequest, standing: Standing, user_id: UUID) -> HttpResponse:
    """Show a new address to somebody who has not come yet."""
    invited = actions.invite(owner=standing.organisation, user_id=user_id, by=standing.actor, at=standing.at)
    frame.keep_invitations(request, [invited])
    return shell.see_other("desk:joining_staff")


def _section_row(place: int, ids: list[str], row: Values, faults: list[Fault]) -> Group:
    title = str(row.get("name") or "") or frame.empty_row(ids[: place + 1].count(""))
    return group(title, SECTION, row, under(faults, place), prefix=f"{place}.", key=ids[place])


def _sent_sections(request: HttpRequest) -> tuple[list[str], list[Values]]:
    ids = request.POST.getlist("id")[:MOST_ROWS]
    return ids, [typed(SECTION, request.POST, prefix=f"{place}.") for place in range(len(ids))]


def _save_sections(ids: list[str], rows: list[Values], standing: Standing) -> bool:
    known: dict[int, tuple[UUID, SectionEntry]] = {}
    new: dict[int, SectionEntry] = {}
    faults: list[Fault] = []
    for place, (key, row) in enumerate(zip(ids, rows, strict=True)):
        if not key and not given(row):
            continue
        read = entry(SectionEntry, row, place, faults)
        if read is not None and key:
            known[place] = (_uuid(key), read)
        elif read is not None:
            new[place] = read
    if faults:
        raise Refused(faults)
    actions.save_sections(
        owner=standing.organisation, known=known, new=new, by=standing.actor, at=standing.at
    )
    return True


def _save_staff(rows: list[Values], standing: Standing) -> list[actions.Invited]:
    faults: list[Fault] = []
    new = {}
    for place, row in enumerate(rows):
        if any(row[name] for name in ("name", "post", "login")):
            read = entry(StaffEntry, row, place, faults)
            if read is not None:
                new[place] = read
    if faults:
        raise Refused(faults)
    return actions.save_staff(owner=standing.organisation, new=new, by=standing.actor, at=standing.at)


def _staff_questions(known: list[Section]) -> tuple[Question, ...]:
    named = tuple(Option(section.name, section.name) for section in known)
    return (
        Question("name", _("Full name")),
        Question("section", _("Section"), type="select", options=named),
        Question("post", _("Post")),
        Question(
            "role", _("Role"), type="select", options=tuple(Option(role, ROLE_WORDS[role]) for role in ROLES)
        ),
        Question("login", _("Sign-in name"), _("login words"), max_length=60),
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible(text) from None
