"""What members of staff have answered: entries, what of them holds on a day, and whether their ground still stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.knowledge.models import Document
from yuimaru.services.knowledge.queries.documents import CURRENT
from yuimaru.services.questions.models import FaqEntry
from yuimaru.services.questions.rules.faq import Line

_STATES = Case(
    When(state=FaqEntry.State.DRAFT, then=0), When(state=FaqEntry.State.PUBLISHED, then=1), default=2
)
_CHANGED = Case(
    When(Q(rests_on__superseded_at__isnull=False) | Q(rests_on__withdrawn_at__isnull=False), then=0),
    default=1,
)


def list_entries(owner: Organisation) -> QuerySet[FaqEntry]:
    """Drafts first, then what is published, then what has ended; of each what must be looked at again, then the newest."""
    return (
        FaqEntry.objects.filter(owner=owner)
        .select_related("section", "rests_on", "written_by", "published_by")
        .order_by(_STATES, _CHANGED, "-written_at", "id")
    )


def get_entry(owner: Organisation, entry_id: UUID) -> FaqEntry:
    """An entry of the organisation; raises NotVisible."""
    entry = list_entries(owner).select_related("topic", "replaces").filter(pk=entry_id).first()
    if entry is None:
        raise NotVisible(str(entry_id))
    return entry


def in_force(section: Section, *, on: date) -> list[Line]:
    """What a section's list holds on a day, in the order in which it was written."""
    open_ended = Q(valid_to=None) | Q(valid_to__gte=on)
    entries = (
        FaqEntry.objects.filter(
            open_ended, section=section, state=FaqEntry.State.PUBLISHED, valid_from__lte=on
        )
        .select_related("rests_on")
        .order_by("written_at", "id")
    )
    return [
        Line(
            entry.question,
            entry.answer,
            entry.valid_from,
            entry.valid_to,
            entry.rests_on.title if entry.rests_on else "",
        )
        for entry in entries
    ]


def document_name(section: Section) -> str:
    """The name under which a section's list is kept among the documents, whatever the section is called."""
    return f"faq/{section.pk}.csv"


def document_of(section: Section) -> Document | None:
    """The revision of a section's list that is answered from now."""
    return Document.objects.filter(CURRENT, owner=section.owner_id, name=document_name(section)).first()


def has_changed_ground(entry: FaqEntry) -> bool:
    """Whether the document that an entry rests on has a newer revision, or was withdrawn: it must be looked at again."""
    ground = entry.rests_on
    return ground is not None and (ground.superseded_at is not None or ground.withdrawn_at is not None)
