"""What a new revision brings along: the facts it keeps of the one before, and the articles it names and changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol, TypedDict

from django.utils.timezone import localdate

from yuimaru.core.japan import laws
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import ArticleChange, Audience, Document, LawReference
from yuimaru.services.knowledge.queries.labels import labels_of
from yuimaru.services.knowledge.rules.life import require_fitting
from yuimaru.services.knowledge.rules.naming import law_name


class Told(Protocol):
    """What somebody says of a file; nothing said of section, audience or label keeps what was there."""

    @property
    def name(self) -> str: ...
    @property
    def section(self) -> Section | None: ...
    @property
    def audience(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


class Facts(TypedDict):
    """The facts of a document as they are written."""

    revision: int
    section: Section | None
    audience: str
    label: str
    is_shared: bool
    valid_from: date
    valid_to: date | None


def before(owner: Organisation, name: str) -> Document | None:
    """The last revision of a name, in force or not."""
    earlier = Document.objects.filter(owner=owner, name=name).select_related("section")
    return earlier.order_by("-revision").first()


def facts(owner: Organisation, told: Told, last: Document | None, *, at: datetime) -> Facts:
    """Join what is said of a file with what is known of its last revision; raises Unfit."""
    is_in_force = last is not None and last.superseded_at is None and last.withdrawn_at is None
    found: Facts = {
        "revision": last.revision + 1 if last else 1,
        "section": told.section or (last.section if last else None),
        "audience": told.audience or (last.audience if last else Audience.PUBLIC),
        "label": told.label or (last.label if last else ""),
        "is_shared": last is not None and is_in_force and last.is_shared,
        "valid_from": told.valid_from or localdate(at),
        "valid_to": told.valid_to,
    }
    require_fitting(
        audience=found["audience"],
        label=found["label"],
        labels=labels_of(owner),
        has_section=found["section"] is not None,
        is_shared=found["is_shared"],
        valid_from=found["valid_from"],
        valid_to=found["valid_to"],
    )
    return found


def index_references(document: Document) -> int:
    """Keep which articles a document names, in place of what was kept of it; gives their number."""
    own = law_name(document.title) if laws.is_regulation(document.title, document.text) else ""
    LawReference.objects.filter(document=document).delete()
    found = [
        LawReference(
            owner_id=document.owner_id,
            document=document,
            law=reference.law[:200],
            article=reference.place.article,
            paragraph=reference.place.paragraph,
            item=reference.place.item,
            start=reference.start,
        )
        for reference in laws.references(document.text, own=own)
    ]
    LawReference.objects.bulk_create(found)
    return len(found)


def note_changes(document: Document, last: Document | None, *, at: datetime) -> None:
    """Keep which articles of a 例規 a new revision changed, so that what names them is looked at again."""
    if last is None or not laws.is_regulation(document.title, document.text):
        return
    ArticleChange.objects.bulk_create(
        ArticleChange(
            owner_id=document.owner_id,
            is_shared=document.is_shared,
            document=document,
            law=law_name(document.title),
            article=one.number,
            change=one.change,
            changed_at=at,
        )
        for one in laws.changed(last.text, document.text)
    )
