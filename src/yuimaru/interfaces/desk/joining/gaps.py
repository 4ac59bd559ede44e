"""What is still missing, in words, with the page on which it is put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.desk.joining.frame import ROUTES
from yuimaru.services.joining.queries import Gap, Stage, gaps

WORDS = {
    "no_kana": _("The reading of the name is missing."),
    "no_postal_code": _("The postal code is missing."),
    "no_address": _("The address is missing."),
    "no_phone": _("The telephone number is missing."),
    "no_hours": _("The opening hours are missing."),
    "no_closing_days": _("The closing days are missing."),
    "no_general_section": _("No section is the first contact of residents."),
    "no_municipality_admin": _("Nobody manages the municipality."),
    "no_clerk": _("Nobody works on applications: add a clerk."),
    "no_decider": _("Nobody decides: add a decider."),
    "no_signer": _("A decision needs the post: %(about)s"),
    "not_arrived": _("Has not chosen a password yet: %(about)s"),
    "no_kata": _("No kata is adopted: residents cannot apply for anything."),
    "defaults_kept": _("All settings of %(about)s are still those of the kata."),
    "no_mandate": _("No mandate for the joint steps of %(about)s: your own staff do them."),
    "no_documents": _("There is no document: no question can be answered."),
}


@dataclass(frozen=True)
class Line:
    """One thing that is missing."""

    stage: Stage
    words: str
    url: str
    is_needed: bool


def lines(owner: Organisation, *, on: date) -> list[Line]:
    """Everything that the municipality lacks, in the order of the steps."""
    return [line(gap) for gap in gaps(owner, on=on)]


def line(gap: Gap) -> Line:
    """One of them in words."""
    words = str(WORDS[gap.code])
    return Line(
        gap.stage,
        words % {"about": gap.about} if gap.about else words,
        reverse(ROUTES[gap.stage]),
        gap.is_needed,
    )
