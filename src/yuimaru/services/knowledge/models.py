"""Documents with their revisions, and the passages that answers point to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Owned


class Document(Owned):
    """文書: one revision of a document; `text` holds every word that may be quoted of it."""

    class Audience(models.TextChoices):
        PUBLIC = "public", "公開"
        STAFF = "staff", "職員"

    name = models.CharField(max_length=255)  # the file's name or path in its folder; revisions share it
    title = models.CharField(max_length=255)
    revision = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    added_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "revision"], name="knowledge_revision_once"),
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="knowledge_one_live_revision",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="knowledge_document_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.revision})"


class Passage(Owned):
    """箇所: a place of a document that is found and linked to as one."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    ordinal = models.PositiveIntegerField()
    heading = models.CharField(max_length=600, blank=True)  # the path of headings over it
    page = models.PositiveIntegerField(null=True)
    sheet = models.CharField(max_length=100, null=True)  # noqa: DJ001 - absent is not the empty name
    cell = models.CharField(max_length=10, null=True)  # noqa: DJ001
    question = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="knowledge_passage_once")]

    def __str__(self) -> str:
        return f"{self.document_id}#p-{self.ordinal}"
