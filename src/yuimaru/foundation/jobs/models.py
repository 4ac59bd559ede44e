"""A piece of work to be done at least once. Unscoped: the worker opens the scope of the job's owner."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7


class Job(models.Model):
    """`lease_until` lets another worker take over from a dead one; `token` fences off the one that came back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    # The same key twice is one job; NULL, unlike "", may stand in many rows.
    key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    token = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    uncertain = models.BooleanField(
        default=False
    )  # a worker fell silent over it: its effect may happen twice

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at"], condition=models.Q(done_at=None, dead_at=None), name="jobs_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
