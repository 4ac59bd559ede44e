"""A message and whether it has left the house."""

from __future__ import annotations

from django.db import models

from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.models import Owned


class Notice(Owned):
    """One message to one address."""

    about = models.CharField(max_length=120)  # "case:ID"
    kind = models.CharField(max_length=60)  # the notice's id in its kata
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    content_sealed = models.BinaryField(null=True)
    content = Sealed[dict[str, str]]("content_sealed", empty={})  # address, subject, body
    once = models.CharField(max_length=160, unique=True)  # the same notice is written once
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} ({self.about})"
