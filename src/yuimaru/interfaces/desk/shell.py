"""What stands around every page of the desk: whose eyes these are, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import MUNICIPAL
from yuimaru.foundation.tenancy.rules import Verb, may

if TYPE_CHECKING:
    from yuimaru.interfaces.desk.standing import Standing


@dataclass(frozen=True)
class Link:
    """One line of the navigation."""

    title: str
    url: str
    icon: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Links that belong together; the daily work comes first and needs no heading."""

    title: str
    links: list[Link]


def around(
    standing: Standing, *, here: str, waiting: int | None = None, marks: int | None = None, under: str = ""
) -> dict[str, Any]:
    """The context that the frame of a page needs; `under` names the mandate of this very page.

    `waiting` tasks and `marks` stand beside their links where the page has counted them.
    """
    return {
        "standing": standing,
        "several_standings": len(standing.all) > 1,
        "mandate_line": under or _bodies(standing),
        "navigation": _navigation(standing, here, waiting, marks),
    }


def works_on_tasks(standing: Standing) -> bool:
    """Whether tasks come to somebody: those of the own organisation, or under a mandate."""
    return bool(standing.mandates) or may(standing.actor, Verb.SEE_CASES, standing.organisation.pk)


def see_other(view: str, *args: object, anchor: str = "") -> HttpResponseRedirect:
    """To another page after an act, so that reloading it does not repeat the act."""
    return HttpResponseRedirect(reverse(view, args=args) + anchor, status=303)


def _bodies(standing: Standing) -> str:
    bodies = len({mandate.owner_id for mandate in standing.mandates})
    if not bodies:
        return ""
    return ngettext("working for %(bodies)s body", "working for %(bodies)s bodies", bodies) % {
        "bodies": bodies
    }


def _may_join(standing: Standing) -> bool:
    """Whether somebody starts municipalities, or manages one."""
    owner = standing.organisation
    verb = Verb.MANAGE_ORGANISATION if owner.kind in MUNICIPAL else Verb.START_MUNICIPALITY
    return may(standing.actor, verb, owner.pk)


def _may_note_absences(standing: Standing) -> bool:
    """Whether somebody decides, or manages a municipality that does."""
    owner = standing.organisation
    return may(standing.actor, Verb.DECIDE, owner.pk) or (
        owner.kind in MUNICIPAL and may(standing.actor, Verb.MANAGE_ORGANISATION, owner.pk)
    )


def _navigation(standing: Standing, here: str, waiting: int | None, marks: int | None) -> list[Group]:
    """What this person has a use for; an organisation without any other page keeps the list of its tasks."""
    work, managing = _work(standing, here, marks), _managing(standing, here)
    if works_on_tasks(standing) or not (work or managing):
        work = [Link(_("Tasks"), reverse("desk:queue"), "list", here == "queue", waiting), *work]
    work.append(Link(_("Easy Japanese"), reverse("desk:easy"), "globe", here == "easy"))
    groups = (Group("", work), Group(_("Administration"), managing))
    return [group for group in groups if group.links]


def _work(standing: Standing, here: str, marks: int | None) -> list[Link]:
    owner = standing.organisation.pk
    links = []
    if may(standing.actor, Verb.SEE_CASES, owner):
        links.append(
            Link(
                _("Approvals"), reverse("desk:approvals"), "check-circle", here == "approvals", marks or None
            )
        )
    if standing.organisation.kind in MUNICIPAL and may(standing.actor, Verb.ANSWER_QUESTIONS, owner):
        here_now = here == "questions"
        links.append(Link(_("Questions and answers"), reverse("desk:questions"), "chat", here_now))
    if _may_note_absences(standing):
        links.append(Link(_("Absences"), reverse("desk:absences"), "people", here == "absences"))
    if standing.organisation.kind != Organisation.Kind.OPERATOR:
        links.append(Link(_("Documents"), reverse("desk:documents"), "document", here == "documents"))
        links.append(Link(_("Ask the documents"), reverse("desk:ask"), "search", here == "ask"))
    if may(standing.actor, Verb.PROTECT, owner):
        here_now = here == "protections"
        links.append(Link(_("Support measures"), reverse("desk:protections"), "lock", here_now))
    return links


def _managing(standing: Standing, here: str) -> list[Link]:
    owner, links = standing.organisation, []
    if _may_join(standing):
        links.append(Link(_("Joining"), reverse("desk:joining"), "plus", here == "joining"))
    if may(standing.actor, Verb.MANAGE_ADOPTIONS, owner.pk):
        links.append(Link(_("Moving cases"), reverse("desk:moves"), "swap", here == "moves"))
    if owner.kind in MUNICIPAL and may(standing.actor, Verb.MANAGE_ORGANISATION, owner.pk):
        links.append(Link(_("Automatic steps"), reverse("desk:services"), "robot", here == "services"))
        links.append(Link(_("Generative AI"), reverse("desk:model"), "chat", here == "model"))
    if may(standing.actor, Verb.READ_AUDIT, owner.pk):
        links.append(Link(_("Log of acts"), reverse("desk:log"), "book", here == "log"))
    return links
