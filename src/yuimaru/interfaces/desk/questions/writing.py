"""The form in which a member of staff writes an answer, whatever it begins with: a topic, a case, an entry, nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yuimaru.foundation.people.models import Section
from yuimaru.foundation.people.queries import list_sections, sections_of
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk.days import read_day
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.drafting.rules.letter import Draft, entry
from yuimaru.services.knowledge.queries import list_documents
from yuimaru.services.questions.actions import Writing
from yuimaru.services.questions.queries import FaqEntry, Topic
from yuimaru.services.questions.rules.faq import LONGEST, InvalidEntry

FIELDS = ("question", "answer", "section", "valid_from", "valid_to", "rests_on")
HIDDEN = ("topic", "replaces")


@dataclass(frozen=True)
class Form:
    """What stands in the fields, and what is wrong with one of them."""

    typed: Mapping[str, str]
    sections: list[Section]
    documents: Sequence[object]
    wrong: str = ""
    error: str = ""
    longest: int = LONGEST
    hidden: Mapping[str, str] = field(default_factory=dict)


def read(request: HttpRequest) -> Writing:
    """Read what was sent.

    :raises InvalidEntry: a day cannot be read, or no section was chosen.
    :raises NotVisible: an id that nobody has.
    """
    sent = {name: request.POST.get(name, "").strip() for name in (*FIELDS, *HIDDEN)}
    if not sent["section"]:
        raise InvalidEntry("section")
    first, last = _day(sent, "valid_from"), _day(sent, "valid_to")
    if first is None:
        raise InvalidEntry("valid_from")
    section = _id(sent["section"])
    if section is None:
        raise InvalidEntry("section")
    return Writing(
        question=sent["question"],
        answer=sent["answer"],
        section_id=section,
        valid_from=first,
        valid_to=last,
        rests_on=_id(sent["rests_on"]),
        topic_id=_id(sent["topic"]),
        replaces=_id(sent["replaces"]),
    )


def again(request: HttpRequest, standing: Standing, wrong: str) -> Form:
    """The form as it was sent, with what is wrong."""
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    hidden = {name: request.POST.get(name, "") for name in HIDDEN}
    return _form(standing, typed, hidden, wrong)


def blank(standing: Standing, **typed: str) -> Form:
    """A form with so much in it already."""
    own = sections_of(standing.actor, on=standing.on)
    first = {"section": str(min(own)) if own else "", "valid_from": standing.on.isoformat()}
    return _form(standing, {**first, **typed})


def for_topic(standing: Standing, topic: Topic, draft: Draft | None = None) -> Form:
    """A form that asks what the topic asks, for its section.

    With a draft its sentences and the document they stand in; else what the answer rests on is for people to say.
    """
    drafted = (
        {"answer": entry(draft), "rests_on": str(draft.sources[0].document_id)}
        if draft and draft.found
        else {}
    )
    typed = drafted | {
        "question": topic.words,
        "section": str(topic.section_id or ""),
        "valid_from": standing.on.isoformat(),
    }
    return _form(standing, typed, {"topic": str(topic.pk)})


def of_entry(standing: Standing, entry: FaqEntry) -> Form:
    """A form with an entry: to write a draft anew, or a better one in the place of what is published."""
    is_draft = entry.state == FaqEntry.State.DRAFT
    replaced = (entry.replaces_id or "") if is_draft else entry.pk
    typed = {
        "question": entry.question,
        "answer": entry.answer,
        "section": str(entry.section_id),
        "valid_from": max(entry.valid_from, standing.on).isoformat(),
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else "",
        "rests_on": str(entry.rests_on_id or ""),
    }
    return _form(standing, typed, {"topic": str(entry.topic_id or ""), "replaces": str(replaced)})


def _form(
    standing: Standing, typed: Mapping[str, str], hidden: Mapping[str, str] | None = None, wrong: str = ""
) -> Form:
    return Form(
        typed,
        list(list_sections()),
        list(list_documents(standing.organisation)),
        wrong,
        _error(wrong),
        hidden={name: value for name, value in (hidden or {}).items() if value},
    )


def _day(sent: Mapping[str, str], name: str) -> date | None:
    day = read_day(sent[name]) if sent[name] else None
    if sent[name] and day is None:
        raise InvalidEntry(name)
    return day


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotVisible(text) from None


def _error(wrong: str) -> str:
    """What is wrong and what to do; empty when nothing is."""
    sentences = {
        "question": _("Enter the question, in at most %(longest)s characters.") % {"longest": LONGEST},
        "answer": _("Enter the answer, in at most %(longest)s characters.") % {"longest": LONGEST},
        "section": _("Choose the section in charge."),
        "valid_from": _("Enter the first day."),
        "valid_to": _("Enter a last day that is not past and not before the first."),
        "rests_on": _("Choose a document of the list."),
    }
    return sentences.get(wrong, "")
