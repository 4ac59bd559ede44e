"""Answers of people: written, published as a document of their section, ended; the document follows the entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may, require
from yuimaru.services.knowledge.actions import Incoming, add_documents, read, withdraw
from yuimaru.services.knowledge.models import Document
from yuimaru.services.questions import events
from yuimaru.services.questions.models import FaqEntry, Topic
from yuimaru.services.questions.queries.faq import document_name, document_of, get_entry, in_force
from yuimaru.services.questions.queries.topics import get_topic
from yuimaru.services.questions.rules import faq as rules


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody writes: for which section, from when to when, and on which document it rests."""

    question: str
    answer: str
    section_id: UUID
    valid_from: date
    valid_to: date | None = None
    rests_on: UUID | None = None
    topic_id: UUID | None = None
    replaces: UUID | None = None  # the published entry that this one stands in for


def write(
    *, owner: Organisation, writing: Writing, by: Actor, at: datetime, entry_id: UUID | None = None
) -> FaqEntry:
    """Write an entry, or write a draft anew; nobody outside sees it before it is published.

    :raises InvalidEntry: a part of it cannot stand like this.
    :raises NotVisible: no such draft, topic or entry to replace.
    """
    require(by, Verb.ANSWER_QUESTIONS, owner.pk)
    rules.require_words(writing.question, writing.answer)
    rules.require_period(writing.valid_from, writing.valid_to, on=localdate(at))
    _require_fit_for_documents(writing)
    return _write(owner, writing, entry_id, by=by, at=at)


@transaction.atomic
def _write(
    owner: Organisation, writing: Writing, entry_id: UUID | None, *, by: Actor, at: datetime
) -> FaqEntry:
    entry = FaqEntry(owner=owner) if entry_id is None else get_entry(owner, entry_id)
    if entry.state != FaqEntry.State.DRAFT:
        raise NotVisible(str(entry_id))
    entry.section = _section(owner, writing.section_id)
    entry.question, entry.answer = writing.question.strip(), writing.answer.strip()
    entry.valid_from, entry.valid_to = writing.valid_from, writing.valid_to
    entry.rests_on = _ground(owner, writing.rests_on)
    entry.topic = get_topic(owner, writing.topic_id) if writing.topic_id else None
    entry.replaces = get_entry(owner, writing.replaces) if writing.replaces else None
    entry.written_by_id, entry.written_at = by.user_id, at
    entry.save()
    _record(events.FAQ_WRITTEN, entry, by=by, at=at)
    return entry


def publish(*, owner: Organisation, entry_id: UUID, by: Actor, at: datetime) -> FaqEntry:
    """Let residents be answered with an entry; its topic is answered by it.

    :raises Forbidden: whoever wrote it may not publish it alone.
    :raises NotVisible: no such draft.
    """
    with transaction.atomic():
        require(by, Verb.ANSWER_QUESTIONS, owner.pk)
        entry = get_entry(owner, entry_id)
        if entry.state == FaqEntry.State.ENDED:
            raise NotVisible(str(entry_id))
        if entry.state == FaqEntry.State.DRAFT:
            rules.require_publisher(
                manages_documents=may(by, Verb.MANAGE_DOCUMENTS, owner.pk),
                is_writer=by.user_id is not None and by.user_id == entry.written_by_id,
            )
            entry.state, entry.published_by_id = FaqEntry.State.PUBLISHED, by.user_id
            entry.save(update_fields=["state", "published_by"])
            _settle_topic(entry, at)
            _record(events.FAQ_PUBLISHED, entry, by=by, at=at)
            replaced = entry.replaces
            if replaced is not None and replaced.state == FaqEntry.State.PUBLISHED:
                _end(replaced, by=by, at=at)
    sections = {entry.section_id, entry.replaces.section_id if entry.replaces else entry.section_id}
    for section in Section.objects.filter(pk__in=sections):
        bring_in_line(section=section, at=at)
    return entry


def end(*, owner: Organisation, entry_id: UUID, by: Actor, at: datetime) -> FaqEntry:
    """Take an entry back, published or not; its topic is not asked for again by that."""
    with transaction.atomic():
        require(by, Verb.ANSWER_QUESTIONS, owner.pk)
        entry = get_entry(owner, entry_id)
        if entry.state != FaqEntry.State.ENDED:
            _end(entry, by=by, at=at)
    bring_in_line(section=entry.section, at=at)
    return entry


def bring_in_line(*, section: Section, at: datetime) -> bool:
    """Make the section's document hold what its entries say today; True when that changed it.

    It is an own document like any other, so that it is searched, quoted, revised and withdrawn as they are. It
    holds until the first of its entries ends, so that nothing is answered after its last day even if nobody runs
    this; and this runs every day.
    """
    owner, today = section.owner, localdate(at)
    by = Actor.system(owner)
    lines, before = in_force(section, on=today), document_of(section)
    if not lines:
        if before is not None:
            withdraw(document_id=before.pk, by=by, at=at)
        return before is not None
    item = Incoming(
        name=document_name(section),
        content=rules.as_csv(lines),
        title=f"よくある質問（{section.name}）",
        section=section,
        valid_from=today,
        valid_to=rules.first_end(lines),
    )
    return bool(add_documents(owner=owner, items=[item], by=by, at=at).added)


def bring_all_in_line(*, owner: Organisation, at: datetime) -> int:
    """Do so for every section that ever had an entry; gives how many documents changed."""
    sections = Section.objects.filter(
        owner=owner, pk__in=FaqEntry.objects.filter(owner=owner).values("section")
    )
    return sum(bring_in_line(section=section, at=at) for section in sections.order_by("id"))


def _end(entry: FaqEntry, *, by: Actor, at: datetime) -> None:
    entry.state = FaqEntry.State.ENDED
    entry.save(update_fields=["state"])
    _record(events.FAQ_ENDED, entry, by=by, at=at)


def _settle_topic(entry: FaqEntry, at: datetime) -> None:
    topic = entry.topic
    if topic is not None:
        topic.state, topic.settled_on = Topic.State.ANSWERED, localdate(at)
        topic.save(update_fields=["state", "settled_on"])


def _require_fit_for_documents(writing: Writing) -> None:
    """What the intake of documents would refuse is refused while it is being written, not when it is published."""
    line = rules.Line(writing.question, writing.answer, writing.valid_from, writing.valid_to, "")
    if read([Incoming(name="faq.csv", content=rules.as_csv([line]))], known={}).refused:
        raise rules.InvalidEntry("answer")


def _section(owner: Organisation, section_id: UUID) -> Section:
    section = Section.objects.filter(owner=owner, pk=section_id).first()
    if section is None:
        raise rules.InvalidEntry("section")
    return section


def _ground(owner: Organisation, document_id: UUID | None) -> Document | None:
    if document_id is None:
        return None
    document = Document.objects.filter(owner=owner, pk=document_id).first()
    if document is None:
        raise rules.InvalidEntry("rests_on")
    return document


def _record(kind: str, entry: FaqEntry, *, by: Actor, at: datetime) -> None:
    owner = entry.owner
    record(kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=f"faq:{entry.pk}", data={})
