"""The life of a document: taken in as a new revision, withdrawn, indexed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.core.text.extract import Extracted, Refused, Source, extract
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import entering
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.queries import generation
from yuimaru.services.knowledge.queries.documents import CURRENT, get_document, list_documents
from yuimaru.services.knowledge.queries.reach import Reach, in_force
from yuimaru.services.knowledge.rules.life import Unfit
from yuimaru.services.knowledge.rules.passages import drafts

_LONGEST_TITLE = 255

Progress = Callable[[int, int], None]  # how many passages of how many are encoded


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to take in; its name tells which document it is a revision of. Dates default to today and no end."""

    name: str
    content: bytes
    title: str = ""
    section: Section | None = None  # None here and "" below: as in the revision before
    audience: str = ""
    label: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    is_link: bool = False  # leads out of the folder it was found in: refused without being read

    @property
    def sha256(self) -> str:
        """The digest that tells whether the content has changed."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Added:
    """A file that became a document."""

    id: UUID
    name: str
    revision: int
    passages: int
    left_out: int  # hidden sheets or slides


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not taken, and why."""

    name: str
    refused: Refused


@dataclass(slots=True)
class Batch:
    """Files that were read and are not written yet."""

    readable: list[tuple[Incoming, Extracted]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """What became of a batch."""

    added: list[Added] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)


def add_documents(*, owner: Organisation, items: Sequence[Incoming], by: Actor, at: datetime) -> Intake:
    """Take a batch of files in; what is refused does not keep the rest out.

    The same name with the same content is unchanged; with new content it is a new revision that supersedes
    the old one. Files are read before the transaction begins, which then writes them all or none.
    """
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    known = dict(list_documents(owner).values_list("name", "sha256"))
    return take_in(owner=owner, batch=read(items, known=known), by=by, at=at)


def read(items: Sequence[Incoming], *, known: Mapping[str, str]) -> Batch:
    """Read files without writing anything; `known` are the digests of the documents in force, by name."""
    batch = Batch()
    fresh: list[Incoming] = []
    for item in items:
        if item.is_link:
            batch.refused.append(Turned(item.name, Refused.because("link")))
        elif known.get(item.name) == item.sha256:
            batch.unchanged.append(item.name)
        else:
            fresh.append(item)
    outcomes = extract(Source(item.name, item.content) for item in fresh)
    for item, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, Refused):
            batch.refused.append(Turned(item.name, outcome))
        else:
            batch.readable.append((item, outcome))
    return batch


@transaction.atomic
def take_in(*, owner: Organisation, batch: Batch, by: Actor, at: datetime) -> Intake:
    """Write what was read, and build the index anew once it is committed."""
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    added: list[Added] = []
    refused = list(batch.refused)
    for item, outcome in batch.readable:
        try:
            added.append(_add(owner, item, outcome, by=by, at=at))
        except Unfit as unfit:
            refused.append(Turned(item.name, Refused("unfit", unfit.message, unfit.message_en)))
    if added:
        index_after_commit(owner, at=at)
    return Intake(added, batch.unchanged, refused)


@transaction.atomic
def withdraw(*, document_id: UUID, by: Actor, at: datetime) -> Document:
    """Take a document back: from now on it is not answered from, nor shown. Raises NotVisible, Forbidden."""
    document = get_document(document_id)
    require(by, Verb.MANAGE_DOCUMENTS, document.owner_id)
    if document.withdrawn_at is None:
        document.withdrawn_at = document.changed_at = at
        document.save(update_fields=["withdrawn_at", "changed_at"])
        _record("document.withdrawn", document, by=by, at=at)
        index_after_commit(document.owner, at=at)
    return document


@transaction.atomic
def reindex(*, owner: Organisation, by: Actor, at: datetime) -> int:
    """Build the owner's index anew from the database; gives the number of documents in force."""
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    documents = list(list_documents(owner))
    for document in documents:
        entering.index_references(document)
    count = len(documents)
    data = {"documents": count}
    record("documents.reindexed", owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, data=data)
    index_after_commit(owner, at=at, anew=True)
    return count


def encode(
    *, owner: Organisation, most: int | None = None, progress: Progress = lambda done, of: None
) -> int:
    """Encode passages that have no vectors yet, all or so many; gives how many are left.

    When none is left the index is built with the vectors; until then it ranks by words what has none. Nothing is
    encoded where the encoder is not installed.
    """
    encoder = generation.search_parts().encoder
    if encoder is None:
        return 0
    items = generation.items(in_force(owner))
    with generation.encoded(owner) as vectors:
        missing = vectors.missing(items)
        part = missing[:most]
        for done in vectors.add(part, encoder):
            progress(done, len(part))
        if len(part) < len(missing):
            return len(missing) - len(part)
        vectors.keep_only(items)
    if part:
        generation.build(Reach(owner), localdate(), anew=True)
        generation.forget(owner)
    return 0


def index_after_commit(owner: Organisation, *, at: datetime, anew: bool = False) -> None:
    """Build the index once the documents are there, whatever scope is open by then; the worker encodes them."""
    if settings.SEARCH_PARTS:
        enqueue("documents.encode", {}, owner_id=owner.pk, at=at)

    def build_now() -> None:
        with scope(Actor.system(owner)):
            generation.build(Reach(owner), localdate(), anew=anew)
            if anew:
                generation.forget(owner)

    transaction.on_commit(build_now)


def _add(owner: Organisation, item: Incoming, read: Extracted, *, by: Actor, at: datetime) -> Added:
    last = entering.before(owner, item.name)
    facts = entering.facts(owner, item, last, at=at)
    file = store(
        item.content,
        name=item.name,
        media_type=read.media_type,
        owner=owner,
        purpose="document",
        by=by,
        at=at,
    )
    earlier = Document.objects.filter(CURRENT, owner=owner, name=item.name)
    earlier.update(superseded_at=at, changed_at=at)
    document = Document.objects.create(
        owner=owner,
        name=item.name,
        title=(item.title or read.title)[:_LONGEST_TITLE],
        media_type=read.media_type,
        file=file,
        sha256=item.sha256,
        text=read.text,
        added_at=at,
        added_by=by.ref,
        changed_at=at,
        **facts,
    )
    passages = [
        Passage(
            owner=owner,
            document=document,
            is_shared=document.is_shared,
            ordinal=ordinal,
            heading=draft.heading[:600],
            page=draft.page,
            sheet=draft.sheet,
            cell=draft.cell,
            question=draft.question,
            start=draft.start,
            end=draft.end,
        )
        for ordinal, draft in enumerate(drafts(read.blocks), start=1)
    ]
    Passage.objects.bulk_create(passages)
    entering.index_references(document)
    entering.note_changes(document, last, at=at)
    _record("document.added", document, by=by, at=at)
    return Added(document.pk, item.name, document.revision, len(passages), read.left_out)


def _record(kind: str, document: Document, *, by: Actor, at: datetime) -> None:
    record(
        kind,
        owner_id=document.owner_id,
        owner=document.owner.code,
        by=by.ref,
        at=at,
        about=f"document:{document.pk}",
        data={"revision": document.revision, "sha256": document.sha256},
    )
