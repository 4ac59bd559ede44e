"""Drafts, submissions and the keys that make sending repeatable."""

from __future__ import annotations

from typing import Any

from django.db import models

from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.models import Owned
from yuimaru.services.catalogue.models import Definition


class Draft(Owned):
    """Answers on their way, on the definition they were begun with; gone once sent or after its last day.

    That of a correction (補正) holds only what differs from the submission, under the submission's own key.
    """

    corrects = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, related_name="+")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    answers_sealed = models.BinaryField(null=True)
    answers = Sealed[dict[str, Any]]("answers_sealed", empty={})
    visited = models.JSONField(default=list)  # ids of the steps that were passed
    carried = models.JSONField(default=dict)  # "items" that came from the application of a "number"
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Submission(Owned):
    """申請・届出: what was sent, as it was sent. A correction is a further submission that names the first."""

    class Channel(models.TextChoices):
        WEB = "web", "オンライン"
        COUNTER = "counter", "窓口"
        API = "api", "外部システム"
        CASE = "case", "ほかの案件"

    number = models.CharField(max_length=20)  # 受付番号: not a secret
    kata = models.CharField(max_length=42)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    key = models.ForeignKey(
        DataKey, on_delete=models.PROTECT, related_name="+"
    )  # the draft's, kept to the end
    answers_sealed = models.BinaryField(null=True)
    answers = Sealed[dict[str, Any]]("answers_sealed", empty={})
    decided_sealed = models.BinaryField(null=True)
    # Table → outputs, rows, grounds as they stood on that day.
    decided = Sealed[dict[str, Any]]("decided_sealed", empty={})
    language = models.CharField(max_length=8, default="ja")
    today = models.DateField()  # the 今日 of its expressions
    submitted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "number"], name="procedures_submission_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "number"], condition=models.Q(corrects=None), name="procedures_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class IndividualNumber(Owned):
    """個人番号: apart from the answers that name it, under a key of its own; read only by a reveal for a purpose."""

    subject = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")  # of the application
    item = models.CharField(max_length=120)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    number_sealed = models.BinaryField(null=True)
    number = Sealed[str]("number_sealed", empty="")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class SentKey(Owned):
    """An idempotency key. Without a submission it is in flight: claimed by a post that is being worked on."""

    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)  # of what was sent with it
    draft_id = models.UUIDField(null=True)  # the draft it sent, which is gone by then
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    token = models.PositiveIntegerField(default=0)  # counts who took it over; fences off whoever lost it
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="procedures_key_once")]

    def __str__(self) -> str:
        return self.key


class StatusLock(Owned):
    """Wrong 確認番号 in a row for one 受付番号, known or not, so that neither can be guessed."""

    number = models.CharField(max_length=20)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="procedures_lock_once")]

    def __str__(self) -> str:
        return self.number
