"""Which documents name an article of a law, and which articles have changed."""

from __future__ import annotations

from collections.abc import Iterable

from yuimaru.core.japan.laws import Changed, changed, is_regulation, place_words
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import ArticleChange, Document, LawReference
from yuimaru.services.knowledge.queries.documents import CURRENT
from yuimaru.services.knowledge.rules.naming import is_same_law
from yuimaru.services.knowledge.rules.review import ChangedArticle


def documents_naming(owner: Organisation, law: str = "", article: str = "") -> list[LawReference]:
    """Where the owner's current documents name a law, or any; with an article only that one."""
    current = Document.objects.filter(CURRENT, owner=owner)
    found = LawReference.objects.filter(owner=owner, document__in=current)
    if article:
        found = found.filter(article=article)
    listed = found.select_related("document__section").order_by("law", "document__title", "document", "start")
    return [one for one in listed if not law or is_same_law(one.law, law)]


def laws_named(owner: Organisation) -> list[str]:
    """The laws and 例規 that the owner's current documents name."""
    current = Document.objects.filter(CURRENT, owner=owner)
    found = LawReference.objects.filter(owner=owner, document__in=current).values_list("law", flat=True)
    return sorted(set(found))


def changed_articles(owner: Organisation) -> list[ChangedArticle]:
    """The articles known to have changed: by own documents, by what is shared, by what somebody noted; latest first."""
    found = readable(ArticleChange).filter(owner__in=[owner.pk, owner.parent_id or owner.pk])
    return [
        ChangedArticle(
            key=f"change:{one.pk}",
            law=one.law,
            article=one.article,
            words=f"{one.law}{place_words(one.article)}",
            at=one.changed_at,
            document=str(one.document_id or ""),
        )
        for one in found.order_by("-changed_at", "id")
    ]


def previous_revision(document: Document) -> Document | None:
    """The revision before."""
    earlier = readable(Document).filter(
        owner=document.owner_id, name=document.name, revision__lt=document.revision
    )
    return earlier.order_by("-revision").first()


def compared(document: Document) -> list[Changed]:
    """The articles in which a 例規 differs from its revision before; none for anything else."""
    before = previous_revision(document)
    if before is None or not is_regulation(document.title, document.text):
        return []
    return changed(before.text, document.text)


def concerning(changes: Iterable[ChangedArticle], law: str, article: str) -> list[ChangedArticle]:
    """Those of the changes that change what a reference names."""
    return [one for one in changes if one.article == article and is_same_law(one.law, law)]
