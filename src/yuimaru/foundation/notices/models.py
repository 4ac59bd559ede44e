"""A message and whether it has left the house."""

from __future__ import annotations

from django.db import models

from yuimaru.foundation.tenancy.models import Owned


class Notice(Owned):
    """One message to one address."""

    about = models.CharField(max_length=120)  # "case:ID"
    kind = models.CharField(max_length=60)  # the notice's id in its kata
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    key = models.CharField(max_length=160, unique=True)  # the same notice is written once
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} ({self.about})"
