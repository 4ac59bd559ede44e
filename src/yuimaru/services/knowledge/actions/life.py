"""What is done to a document without a new file: its facts, its label, sharing it, and not using what is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge import events
from yuimaru.services.knowledge.actions.indexing import index_after_commit
from yuimaru.services.knowledge.models import Audience, Declined, Document, Label, Passage, RestsOn
from yuimaru.services.knowledge.queries.documents import CURRENT, get_document
from yuimaru.services.knowledge.queries.labels import labels_of
from yuimaru.services.knowledge.queries.reach import inherited_by
from yuimaru.services.knowledge.rules.life import Marking, Unfit, require_fitting

LONGEST_REASON = 300
_MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What can be told of a document without a new file."""

    section: Section | None
    audience: str
    label: str
    valid_from: date
    valid_to: date | None


@transaction.atomic
def change_document(*, document_id: UUID, terms: Terms, by: Actor, at: datetime) -> Document:
    """Change for whom a document is, its label, its section and its days; nothing happens when nothing differs.

    :raises NotVisible: there is none in force.
    :raises Unfit: see `rules.life.require_fitting`.
    """
    document = _in_force(document_id, by)
    require_fitting(
        audience=terms.audience,
        label=terms.label,
        labels=labels_of(document.owner),
        has_section=terms.section is not None,
        is_shared=document.is_shared,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
    )
    told = {
        "section": terms.section,
        "audience": terms.audience,
        "label": terms.label,
        "valid_from": terms.valid_from,
        "valid_to": terms.valid_to,
    }
    changed = sorted(name for name, value in told.items() if getattr(document, name) != value)
    if changed:
        for name in changed:
            setattr(document, name, told[name])
        document.changed_at = at
        document.save(update_fields=[*changed, "changed_at"])
        days = {
            "valid_from": terms.valid_from.isoformat(),
            "valid_to": terms.valid_to.isoformat() if terms.valid_to else "",
        }
        _record(
            events.CHANGED, document, by=by, at=at, changed=",".join(changed), audience=terms.audience, **days
        )
        index_after_commit(document.owner, at=at)
    return document


@transaction.atomic
def share(*, document_id: UUID, on: bool, by: Actor, at: datetime) -> Document:
    """Let the members of the owner answer from a document, or take that back, at once in all of them.

    :raises NotVisible: there is none in force.
    :raises Unfit: it is for one section only, or the owner has no members.
    """
    document = _in_force(document_id, by)
    members = list(Organisation.objects.filter(parent=document.owner).values_list("pk", flat=True))
    if on and document.audience == Audience.SECTION:
        raise Unfit(
            "audience",
            "「所属限り」の文書は共有できません。先に公開範囲を改めてください。",
            "A document for one section cannot be shared. Change its audience first.",
        )
    if on and not members:
        raise Unfit(
            "audience",
            "この団体には構成団体がないため、共有できません。",
            "This body has no members to share with.",
        )
    if document.is_shared != on:
        document.is_shared, document.changed_at = on, at
        document.save(update_fields=["is_shared", "changed_at"])
        Passage.objects.filter(document=document).update(is_shared=on)
        _record(events.SHARED if on else events.UNSHARED, document, by=by, at=at, members=len(members))
        for member in members:
            enqueue("documents.encode", {}, owner_id=member, at=at)
    return document


@transaction.atomic
def decline(*, owner: Organisation, document_id: UUID, reason: str, by: Actor, at: datetime) -> Declined:
    """Stop answering from an inherited document, this and its later revisions.

    :raises NotVisible: no such document is shared with the owner.
    :raises Unfit: no reason is given.
    """
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    document = inherited_document(owner, document_id)
    if not reason.strip():
        raise Unfit(
            "reason",
            "この文書を使わない理由を入力してください。",
            "Enter why this document is not used.",
        )
    declined, is_new = Declined.objects.get_or_create(
        owner=owner,
        sharer=document.owner,
        name=document.name,
        ended_at=None,
        defaults={"reason": reason.strip()[:LONGEST_REASON], "declined_at": at},
    )
    if is_new:
        _record_for(events.DECLINED, owner, document, by=by, at=at)
        index_after_commit(owner, at=at)
    return declined


@transaction.atomic
def use_again(*, owner: Organisation, document_id: UUID, by: Actor, at: datetime) -> None:
    """Answer from an inherited document again; raises NotVisible."""
    require(by, Verb.MANAGE_DOCUMENTS, owner.pk)
    document = inherited_document(owner, document_id)
    live = Declined.objects.filter(owner=owner, sharer=document.owner, name=document.name, ended_at=None)
    if live.update(ended_at=at):
        _record_for(events.USED_AGAIN, owner, document, by=by, at=at)
        index_after_commit(owner, at=at)


@transaction.atomic
def rest_on(*, document_id: UUID, grounds: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Note from which documents a document was made; it is up for review when one of them changes.

    :raises NotVisible: one of them is not the owner's, nor shared with it.
    """
    document = get_document(document_id)
    require(by, Verb.MANAGE_DOCUMENTS, document.owner_id)
    known = readable(Document).filter(pk__in=grounds)
    by_id = {ground.pk: ground for ground in known}
    for ground_id in grounds:
        if ground_id not in by_id:
            raise NotVisible(str(ground_id))
        RestsOn.objects.get_or_create(owner=document.owner, document=document, ground=by_id[ground_id])
    _record(events.RESTS, document, by=by, at=at, grounds=len(grounds))


@transaction.atomic
def set_labels(*, owner: Organisation, labels: Sequence[Marking], by: Actor, at: datetime) -> None:
    """Replace the owner's confidentiality labels; none brings the usual ones back.

    :raises Unfit: a name is missing, too long or given twice, or a document carries a label that would go.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    names = [label.name.strip() for label in labels]
    if len(labels) > _MOST_LABELS or len(set(names)) < len(names) or not all(0 < len(n) <= 20 for n in names):
        raise Unfit(
            "name",
            f"秘密区分は20文字以内の名前で、重ならないように{_MOST_LABELS}個まで決めてください。",
            f"Give each label a name of its own of at most 20 characters, {_MOST_LABELS} labels at most.",
        )
    Label.objects.filter(owner=owner).delete()
    Label.objects.bulk_create(
        Label(owner=owner, name=name, widest=label.widest, place=place)
        for place, (name, label) in enumerate(zip(names, labels, strict=True))
    )
    known = {label.name for label in labels_of(owner)}
    used = Document.objects.filter(CURRENT, owner=owner).exclude(label="").values_list("label", flat=True)
    if gone := sorted(set(used) - known):
        raise Unfit(
            "name",
            f"秘密区分「{'、'.join(gone)}」の文書があるため、なくせません。先に文書の区分を改めてください。",
            f"Documents are labelled “{', '.join(gone)}”. Change them before the label goes.",
        )
    data = {"labels": len(labels)}
    record(events.LABELS_SET, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, data=data)


def inherited_document(owner: Organisation, document_id: UUID) -> Document:
    """A document that is shared with the owner and in force, used or not; raises NotVisible."""
    found = readable(Document).filter(CURRENT, inherited_by(owner), pk=document_id).select_related("owner")
    document = found.first() if owner.parent_id is not None else None
    if document is None:
        raise NotVisible(str(document_id))
    return document


def _in_force(document_id: UUID, by: Actor) -> Document:
    document = get_document(document_id)
    require(by, Verb.MANAGE_DOCUMENTS, document.owner_id)
    if document.superseded_at is not None or document.withdrawn_at is not None:
        raise NotVisible(str(document_id))
    return document


def _record(kind: str, document: Document, *, by: Actor, at: datetime, **data: str | int) -> None:
    _record_for(kind, document.owner, document, by=by, at=at, **data)


def _record_for(
    kind: str, owner: Organisation, document: Document, *, by: Actor, at: datetime, **data: str | int
) -> None:
    about = f"document:{document.pk}"
    record(kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=about, data=data)
