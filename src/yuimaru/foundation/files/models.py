"""What is known of a stored file beside its bytes."""

from __future__ import annotations

from django.db import models

from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.models import Owned


class StoredFile(Owned):
    """A file as it was handed in; the bytes never change."""

    class Purpose(models.TextChoices):
        DOCUMENT = "document", "公開文書"
        ATTACHMENT = "attachment", "添付書類"

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)  # of the bytes on disk, sealed or not
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, null=True, related_name="+")  # sealed, if any
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    stored_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)  # of an upload that nothing has been sent with yet

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "expires_at"],
                condition=models.Q(expires_at__isnull=False),
                name="files_expiring",
            )
        ]

    def __str__(self) -> str:
        return self.name
