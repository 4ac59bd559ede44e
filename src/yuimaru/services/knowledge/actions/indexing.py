"""Keeping the index up with the documents: built anew when they change, its vectors encoded behind that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import entering
from yuimaru.services.knowledge.queries import generation
from yuimaru.services.knowledge.queries.documents import list_documents
from yuimaru.services.knowledge.queries.reach import Reach, in_force

Progress = Callable[[int, int], None]  # how many passages of how many are encoded


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
    *,
    owner: Organisation,
    most: int | None = None,
    at_once: int = 1,
    progress: Progress = lambda done, of: None,
) -> int:
    """Encode passages that have no vectors yet, all or so many, on one or more cores; gives how many are left.

    When none is left the index is built with the vectors; until then it ranks by words what has none. Nothing is
    encoded where the encoder is not installed.
    """
    encoder = generation.search_parts().encoder
    if encoder is None:
        return 0
    items = generation.items(in_force(owner))
    with generation.kept(owner) as vectors:
        missing = vectors.missing(items)
        part = missing[:most]
        for done in vectors.add(part, encoder, at_once=at_once):
            progress(done, len(part))
        if len(part) < len(missing):
            return len(missing) - len(part)
        vectors.keep_only(items)
    if part:
        generation.build(Reach(owner), localdate(), anew=True)
        generation.forget(owner)
    return 0


def index_after_commit(
    owner: Organisation, *, at: datetime, anew: bool = False, more_follows: bool = False
) -> None:
    """Build the index once the documents are there, whatever scope is open by then; the worker encodes them.

    When more documents follow at once, the last of them or the next question builds it.
    """
    if settings.SEARCH_PARTS:
        enqueue("documents.encode", {}, owner_id=owner.pk, at=at)
    if more_follows:
        return

    def build_now() -> None:
        with scope(Actor.system(owner)):
            generation.build(Reach(owner), localdate(), anew=anew)
            if anew:
                generation.forget(owner)

    transaction.on_commit(build_now)
