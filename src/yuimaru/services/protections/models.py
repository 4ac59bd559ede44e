"""Measures, what a protected person is found by, and the applications that were found."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.models import Owned


class Measure(Owned):
    """支援措置: from when to when a person stands under protection; who that is lies sealed."""

    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    person_sealed = models.BinaryField(null=True)
    person = Sealed[dict[str, str]]("person_sealed", empty={})  # name, kana, born
    since = models.DateField()
    until = models.DateField()  # the last day
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="protections_measure_period"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Trait(Owned):
    """One thing a protected person is found by, as a keyed digest: worthless without the installation's key."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "digest"], name="protections_trait_once")]
        indexes = [models.Index(fields=["owner", "digest"], name="protections_trait_digest")]

    def __str__(self) -> str:
        return str(self.pk)


class Concern(Owned):
    """An application, or a file that came with it, that speaks of a protected person.

    Named by its data key, which submission, tasks, notices and files carry: one look-up withholds them all.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)  # looked at by an official and found to be nobody's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "subject"], name="protections_concern_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
