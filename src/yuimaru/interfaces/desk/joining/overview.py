"""The first page: how far a municipality has come, or which ones a consortium has started; and starting one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import MUNICIPAL, list_members
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.joining import frame, gaps
from yuimaru.interfaces.desk.joining.questions import (
    Group,
    Option,
    Question,
    Values,
    attempt,
    entry,
    group,
    summary,
    typed,
    under,
)
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.services.joining.actions import Invited, Started, start
from yuimaru.services.joining.queries import Stage, stages_done
from yuimaru.services.joining.rules.faults import Fault, Refused
from yuimaru.services.joining.rules.sheet import Founding, SectionEntry, StaffEntry

KINDS = tuple(Option(kind, Organisation.Kind(kind).label) for kind in MUNICIPAL)

FOUNDING = (
    Question("code", _("Municipality code"), _("Six digits, with the check digit."), max_length=6),
    Question("name", _("Name"), _("As it is written officially.")),
    Question("kana", _("Reading"), _("In hiragana or katakana."), max_length=200),
    Question("kind", _("Kind"), type="select", options=KINDS),
)
SECTION = (
    Question("name", _("Name of the section"), _("Residents turn there first. It can be changed.")),
    Question("phone", _("Telephone"), max_length=30),
)
ADMINISTRATOR = (
    Question("name", _("Name of the administrator")),
    Question("post", _("Post")),
    Question("login", _("Sign-in name"), _("login words"), max_length=60),
)
PARTS = (
    ("founding", _("The municipality"), FOUNDING),
    ("section", _("Where its administrator works"), SECTION),
    ("administrator", _("Its first administrator"), ADMINISTRATOR),
)


@require_GET
@official
def overview(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The six steps of a municipality; for a consortium, its municipalities."""
    owner = standing.organisation
    if owner.kind == Organisation.Kind.CONSORTIUM:
        require(standing.actor, Verb.START_MUNICIPALITY, owner.pk)
        context = {"members": list_members(owner), "invited": frame.kept_invitations(request)}
        return render(request, "desk/joining/members.html", shell.around(standing, here="joining") | context)
    if owner.kind not in MUNICIPAL:
        raise NotVisible(owner.code)
    require(standing.actor, Verb.MANAGE_ORGANISATION, owner.pk)
    done, missing = stages_done(owner, on=standing.on), gaps.lines(owner, on=standing.on)
    steps = [
        {
            "title": frame.TITLES[stage],
            "url": reverse(frame.ROUTES[stage]),
            "done": stage in done,
            "optional": stage == Stage.MANDATES,
            "gaps": [line for line in missing if line.stage == stage],
        }
        for stage in Stage
    ]
    ahead = next((step["url"] for step in steps if not step["done"] and not step["optional"]), "")
    context = shell.around(standing, here="joining") | {"steps": steps, "ahead": ahead}
    return render(request, "desk/joining/overview.html", context)


@require_http_methods(["GET", "POST"])
@official
def begin(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Start a municipality: its code and name, and who goes on with it."""
    if standing.organisation.kind != Organisation.Kind.CONSORTIUM:
        raise NotVisible(standing.organisation.code)
    require(standing.actor, Verb.START_MUNICIPALITY, standing.organisation.pk)
    values: dict[str, Values] = {part: {} for part, _title, _asked in PARTS}
    faults: list[Fault] = []
    if request.method == "POST":
        values = {part: typed(asked, request.POST, prefix=f"{part}.") for part, _title, asked in PARTS}
        started, faults = attempt(lambda: _start(values, standing))
        if started is not None:
            frame.keep_invitations(request, [Invited(started.administrator, started.secret)])
            return shell.see_other("desk:joining")
    groups = _groups(values, faults)
    context = {"groups": groups, "errors": summary(groups)}
    return render(request, "desk/joining/start.html", shell.around(standing, here="joining") | context)


def _groups(values: dict[str, Values], faults: list[Fault]) -> list[Group]:
    return [
        group(title, asked, values[part], under(faults, part), prefix=f"{part}.")
        for part, title, asked in PARTS
    ]


def _start(values: dict[str, Values], standing: Standing) -> Started:
    """The act, or all faults of the three parts together. Raises Refused."""
    administrator = {
        "section": values["section"]["name"] or "－",  # an empty one is named where it is asked for
        "role": "municipality-admin",
    }
    faults: list[Fault] = []
    founding = entry(Founding, values["founding"], "founding", faults)
    section = entry(SectionEntry, values["section"], "section", faults)
    admin = entry(StaffEntry, {**values["administrator"], **administrator}, "administrator", faults)
    if founding is None or section is None or admin is None:
        raise Refused(faults)
    return start(
        consortium=standing.organisation,
        founding=founding,
        section=section.model_copy(update={"general": True}),
        administrator=admin,
        by=standing.actor,
        at=standing.at,
    )
