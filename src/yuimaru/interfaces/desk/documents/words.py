"""The words for audiences, states and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yuimaru.services.knowledge.rules.facts import Fact
from yuimaru.services.knowledge.rules.life import State
from yuimaru.services.knowledge.rules.revisions import Kind

AUDIENCES: dict[str, Promise] = {
    "public": _("Public"),
    "staff": _("Staff"),
    "section": _("One section"),
}
STATES: dict[State, Promise] = {
    State.COMING: _("Not valid yet"),
    State.VALID: _("Valid"),
    State.NEAR: _("Ends soon"),
    State.EXPIRED: _("Expired"),
    State.WITHDRAWN: _("Withdrawn"),
    State.SUPERSEDED: _("Earlier edition"),
}
WEIGHTS: dict[State, str] = {
    State.NEAR: "warn",
    State.EXPIRED: "bad",
    State.WITHDRAWN: "",
    State.VALID: "done",
}
REASONS: dict[str, Promise] = {
    "revised": _("The document it rests on has a new edition"),
    "withdrawn": _("The document it rests on was withdrawn"),
    "expired": _("The document it rests on has expired"),
    "near": _("The last day is near"),
    "centre": _("The shared document of the same name has a new edition"),
    "article": _("An article that it names has changed"),
    "unreadable": _("The document it rests on is shared no longer"),
}
CHANGES: dict[str, Promise] = {
    "added": _("New"),
    "changed": _("Changed"),
    "removed": _("Gone"),
}
KINDS: dict[str, Promise] = {
    "document": _("Document"),
    "kata": _("Kata"),
    "notice": _("Notice of a kata"),
}
BECAME: dict[Kind, Promise] = {
    Kind.REWORDED: _("Says something else"),
    Kind.ADDED: _("New sentence"),
    Kind.REMOVED: _("Sentence gone"),
    Kind.MOVED: _("Moved"),
}
FACTS: dict[Fact, Promise] = {
    Fact.MONEY: _("Amount"),
    Fact.DAY: _("Date or period"),
    Fact.WHO: _("Who is meant"),
    Fact.DUTY: _("Duty or condition"),
    Fact.NEEDED: _("What is needed"),
    Fact.TIME: _("Time"),
    Fact.NUMBER: _("Number"),
    Fact.OFFICE: _("Counter or phone"),
    Fact.WORDS: _("Wording only"),
}


@dataclass(frozen=True)
class Choice:
    """An option of a select."""

    value: str
    label: str | Promise
    is_chosen: bool = False
