"""What of an owner's documents is to be looked at again: what they rest on, name or replace is not as it was.

Nothing is marked ahead: it follows from the documents as they are now, so what happens at the centre shows at once in
every member. Only the look of a person is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from yuimaru.core.text.probes import Probe
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Document, LawReference, RestsOn, Reviewed
from yuimaru.services.knowledge.queries.documents import CURRENT
from yuimaru.services.knowledge.queries.reach import Reach, inherited_by
from yuimaru.services.knowledge.queries.references import changed_articles, concerning
from yuimaru.services.knowledge.rules.life import NEAR
from yuimaru.services.knowledge.rules.review import Cause, ToReview

Named = tuple[int, str]  # owner and name: all revisions of a document


def documents_to_review(owner: Organisation, *, on: date) -> list[ToReview]:
    """The owner's current documents that something speaks against, looked at or not."""
    documents = list(Document.objects.filter(CURRENT, owner=owner).select_related("section").defer("text"))
    by_id = {document.pk: document for document in documents}
    return [
        *_near(documents, on),
        *_resting(owner, by_id, on),
        *_replacing(owner, documents),
        *_naming(owner, by_id),
    ]


def reviewed(owner: Organisation) -> set[tuple[str, str]]:
    """What has been looked at, for which cause."""
    return set(Reviewed.objects.filter(owner=owner).values_list("subject", "cause"))


def questions_to_review(owner: Organisation, probes: Sequence[Probe], *, on: date) -> list[ToReview]:
    """The questions of a set whose quote stands no longer in any document that residents are answered from."""
    texts = list(Reach(owner).documents(on).values_list("text", flat=True))
    cause = Cause("quote", "unreadable", "", on)
    return [
        ToReview("question", probe.id, probe.question, cause, place=probe.quote)
        for probe in probes
        if probe.is_answered and probe.quote and not any(probe.quote in text for text in texts)
    ]


def _near(documents: Sequence[Document], on: date) -> Iterator[ToReview]:
    for document in documents:
        last = document.valid_to
        if last is not None and on <= last <= on + timedelta(days=NEAR):
            cause = Cause(f"near:{document.pk}:{last}", "near", document.title, last - timedelta(days=NEAR))
            yield _of(document, cause)


def _resting(owner: Organisation, by_id: dict[UUID, Document], on: date) -> Iterator[ToReview]:
    rests = list(
        RestsOn.objects.filter(owner=owner, document__in=list(by_id)).values_list("document", "ground")
    )
    grounds = readable(Document).defer("text").in_bulk({ground for _, ground in rests})
    latest = _latest(list(grounds.values()))
    for document_id, ground_id in rests:
        ground = grounds.get(ground_id)
        if ground is None:  # it was shared once
            cause = Cause(f"unreadable:{ground_id}", "unreadable", "", on)
        else:
            told = _fate(ground, latest[ground.owner_id, ground.name], on)
            if told is None:
                continue
            cause = told
        yield _of(by_id[document_id], cause)


def _latest(grounds: Sequence[Document]) -> dict[Named, Document]:
    """The newest revision of each of these documents."""
    revisions = readable(Document).defer("text").filter(name__in={ground.name for ground in grounds})
    return {(one.owner_id, one.name): one for one in revisions.order_by("revision")}


def _fate(ground: Document, latest: Document, on: date) -> Cause | None:
    """What became of a ground since something was made from it; None when it stands."""
    if latest.withdrawn_at is not None:
        return Cause(f"withdrawn:{latest.pk}", "withdrawn", latest.title, localdate(latest.withdrawn_at))
    if latest.pk != ground.pk:
        return Cause(f"document:{latest.pk}", "revised", latest.title, localdate(latest.added_at))
    last = ground.valid_to
    if last is None or last > on + timedelta(days=NEAR):
        return None
    if last < on:
        return Cause(f"expired:{ground.pk}:{last}", "expired", ground.title, last)
    return Cause(f"near:{ground.pk}:{last}", "near", ground.title, last - timedelta(days=NEAR))


def _replacing(owner: Organisation, documents: Sequence[Document]) -> Iterator[ToReview]:
    """Own documents that stand in place of one of the centre's, which has a newer revision since."""
    if owner.parent_id is None:
        return
    own = {document.name: document for document in documents}
    shared = readable(Document).defer("text").filter(CURRENT, inherited_by(owner), name__in=list(own))
    for theirs in shared:
        if theirs.added_at > own[theirs.name].added_at:
            cause = Cause(f"document:{theirs.pk}", "centre", theirs.title, localdate(theirs.added_at))
            yield _of(own[theirs.name], cause)


def _naming(owner: Organisation, by_id: dict[UUID, Document]) -> Iterator[ToReview]:
    changes = changed_articles(owner)
    references = LawReference.objects.filter(
        owner=owner, document__in=list(by_id), article__in={one.article for one in changes}
    )
    for reference in references:
        document = by_id[reference.document_id]
        for change in concerning(changes, reference.law, reference.article):
            if change.at > document.added_at and change.document != str(document.pk):
                cause = Cause(change.key, "article", change.words, localdate(change.at))
                yield _of(document, cause)


def _of(document: Document, cause: Cause) -> ToReview:
    section = document.section.name if document.section else ""
    return ToReview("document", str(document.pk), document.title, cause, section)
