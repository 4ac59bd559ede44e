"""What runs (definitions), what is offered (publications), what a municipality uses (adoptions)."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from yuimaru.foundation.tenancy.models import Organisation, Owned


class Definition(models.Model):
    """The canonical text of a kata under its SHA-256. Append-only, and no more secret than a law: unscoped."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kata = models.CharField(max_length=42)
    version = models.CharField(max_length=20)
    language = models.PositiveSmallIntegerField()
    text = models.TextField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kata} {self.version} ({self.sha256[:12]})"


class Publication(models.Model):
    """公開: one version of a kata that an organisation offers to all others."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publisher = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="publications")
    kata = models.CharField(max_length=42)
    version = models.CharField(max_length=20)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "kata", "version"], name="catalogue_publication_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kata} {self.version}"


class Adoption(Owned):
    """採用: a municipality uses a publication with its own parameters and overlay; `definition` is the effective one.

    Of those not retired the latest whose `valid_from` has come is in use; a later one waits for its day.
    """

    kata = models.CharField(max_length=42)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    overlay = models.JSONField(default=dict)  # path of ids → what stands there instead
    valid_from = models.DateField()
    adopted_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "kata"], name="catalogue_adoption_kata")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kata", "valid_from"],
                condition=models.Q(retired_at=None),
                name="catalogue_one_adoption_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kata} @ {self.owner_id}"
