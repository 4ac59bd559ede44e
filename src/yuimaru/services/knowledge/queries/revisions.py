"""Two revisions of a document beside each other, and the sentences that carry one."""

from __future__ import annotations

from yuimaru.core.text.sentences import sentences
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.knowledge.models import Document
from yuimaru.services.knowledge.queries.documents import passages_of
from yuimaru.services.knowledge.rules import gist, revisions
from yuimaru.services.knowledge.rules.passages import HEADING_MARK


def comparison(before: Document, after: Document) -> revisions.Comparison:
    """What differs between two revisions of one document; raises NotVisible for two documents."""
    if (before.owner_id, before.name) != (after.owner_id, after.name):
        raise NotVisible(str(before.pk))
    return revisions.compare(lines_of(before), lines_of(after))


def excerpt(document: Document) -> list[revisions.Line]:
    """The sentences that carry a document, unchanged and in their order."""
    return gist.gist(lines_of(document))


def lines_of(document: Document) -> list[revisions.Line]:
    """Every sentence of a document that can be linked to, with the headings over it."""
    found = []
    for passage in passages_of(document):
        path = passage.heading.split(HEADING_MARK) if passage.heading else []
        if path and path[0] == document.title:
            del path[0]
        under = (*path, passage.question) if passage.question else tuple(path)
        found += [
            revisions.Line(span.of(document.text), under, passage.ordinal, span.start, span.end)
            for span in sentences(document.text, passage.start, passage.end)
        ]
    return found
