"""The life of a document: taken in as a new revision, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yuimaru.core.text.extract import Extracted, Refused, site
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.knowledge.actions import entering
from yuimaru.services.knowledge.actions.indexing import index_after_commit
from yuimaru.services.knowledge.actions.reading import Added, Batch, Copy, Incoming, Intake, Turned, read
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.queries.documents import (
    CURRENT,
    get_document,
    list_documents,
    passage_prints,
)
from yuimaru.services.knowledge.rules.life import Unfit
from yuimaru.services.knowledge.rules.passages import drafts
from yuimaru.services.knowledge.rules.sameness import Known, fingerprints

_LONGEST_TITLE = 255


def add_documents(
    *,
    owner: Organisation,
    items: Sequence[Incoming],
    by: Actor,
    at: datetime,
    keep_duplicates: bool = True,
    more_follows: bool = False,
) -> Intake:
    """Take a batch of files in; what is refused does not keep the rest out.

    Archives and mails are opened, and what lies in them is taken in as documents of their own. The same name with
    the same content is unchanged; with new content it is a new revision that supersedes the old one. Files are read
    before the transaction begins, which then writes them all or none. When `more_follows`, the index is left to the
    last batch, or to the next question.
    """
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    known = dict(list_documents(owner).values_list("name", "sha256"))
    batch = read(items, known=known, keep_duplicates=keep_duplicates)
    return take_in(owner=owner, batch=batch, by=by, at=at, more_follows=more_follows)


@transaction.atomic
def take_in(
    *, owner: Organisation, batch: Batch, by: Actor, at: datetime, more_follows: bool = False
) -> Intake:
    """Write what was read, and build the index anew once it is committed."""
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    alike = _alike(owner, batch)
    added: list[Added] = []
    refused = list(batch.refused)
    for item, outcome in batch.readable:
        try:
            added.append(_add(owner, item, outcome, by=by, at=at))
        except Unfit as unfit:
            refused.append(Turned(item.name, Refused("unfit", unfit.message, unfit.message_en)))
    if added or not more_follows:
        index_after_commit(owner, at=at, more_follows=more_follows)
    return Intake(added, batch.unchanged, refused, batch.duplicates, alike)


def _alike(owner: Organisation, batch: Batch) -> list[Copy]:
    """New documents that say nearly the same as one of another name."""
    known = Known(passage_prints(owner) if batch.readable else {})
    found = []
    for item, outcome in batch.readable:
        prints = fingerprints(outcome.text[draft.start : draft.end] for draft in drafts(outcome.blocks))
        if near := known.nearest(item.name, prints):
            found.append(Copy(item.name, *near))
        known.put(item.name, prints)
    return found


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
        machine_read=read.machine_read,
        findings=_findings(item.name, read),
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
    return Added(
        document.pk,
        item.name,
        document.revision,
        len(passages),
        read.left_out,
        read.flagged,
        read.machine_read,
        read.page,
    )


def _findings(name: str, read: Extracted) -> dict[str, object]:
    """What was seen in a file beside its words."""
    found: dict[str, object] = {"flagged": read.flagged} if read.flagged else {}
    if read.page is not None:
        told = {"updated": read.page.updated, "section": read.page.section}
        found |= {key: value for key, value in told.items() if value}
        if links := site.link_targets(name, read):
            found["links"] = [list(link) for link in links]
    return found


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
