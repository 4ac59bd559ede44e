"""Data keys: one per subject, wrapped; a destroyed one stays as a tombstone."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7


class DataKey(models.Model):
    """The key of one application and all that is written about it. Unscoped: worthless without the KEK."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.BigIntegerField()
    kek = models.CharField(max_length=8)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kek"], name="keys_datakey_kek")]

    def __str__(self) -> str:
        return str(self.pk)
