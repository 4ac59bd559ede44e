"""Chained events, the head of each owner's chain, and the delivery state of what an event sets in motion."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7


class Event(models.Model):
    """One act. `body` is the JSON text that is hashed; the other columns repeat it for look-ups and are verified."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    at = models.CharField(max_length=40)  # the very text of the body, so that any change of it is seen
    prev = models.CharField(max_length=64)
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_id", "seq"], name="audit_event_once")]
        indexes = [models.Index(fields=["owner_id", "about"], name="audit_event_about")]

    def __str__(self) -> str:
        return f"{self.owner_id}/{self.seq} {self.kind}"


class Head(models.Model):
    """Where an owner's chain stands; locked while the next event is appended, so a chain cannot fork."""

    owner_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.seq}:{self.hash[:12]}"


class Delivery(models.Model):
    """One reaction that an event still owes; kept apart so that chained rows are never updated."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="audit_delivery_once")]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(done_at=None), name="audit_delivery_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}"
