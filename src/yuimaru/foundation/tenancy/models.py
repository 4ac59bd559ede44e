"""Organisations, the mandates between them, and the base of every row that somebody owns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django_scopes import ScopedManager
from uuid_utils.compat import uuid7

from yuimaru.core.japan.closing_days import ClosingDays, closing_days
from yuimaru.foundation.tenancy import scope

T = TypeVar("T", bound=models.Model)


class Organisation(models.Model):
    """A municipality, consortium or operator. Its name and contact are public facts, so the table is unscoped."""

    class Kind(models.TextChoices):
        CITY = "city", "市"
        WARD = "ward", "区"
        TOWN = "town", "町"
        VILLAGE = "village", "村"
        PREFECTURE = "prefecture", "都道府県"
        CONSORTIUM = "consortium", "共同利用団体"
        OPERATOR = "operator", "受託者"

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=13, unique=True)  # 全国地方公共団体コード (6), else 法人番号 (13)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="members")
    population = models.PositiveIntegerField(null=True)
    postal_code = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=100, blank=True)
    hours_en = models.CharField(max_length=100, blank=True)
    closing_days = models.CharField(max_length=200, blank=True)  # in words, for residents
    own_closing_days = models.TextField(
        blank=True
    )  # beside the usual ones; one in each line, for every period
    theme = models.CharField(max_length=20, default="blue")
    is_public = models.BooleanField(
        default=True
    )  # residents reach its pages; one that is joining does not say so yet
    crisis_level = models.CharField(max_length=40, blank=True)  # set by continuity, read by everyone
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def closed_on(self) -> ClosingDays:
        """The days on which its offices are closed beside the usual ones."""
        return closing_days(self.own_closing_days)


class OwnedQuerySet(models.QuerySet[T]):
    """Reads are filtered by the scope; bulk writes are refused outside it."""

    def bulk_create(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> list[T]:
        return super().bulk_create(_owned_here(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> int:
        return super().bulk_update(_owned_here(objs), *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        if "owner" in kwargs:
            scope.require_owner(kwargs["owner"].pk)
        if "owner_id" in kwargs:
            scope.require_owner(kwargs["owner_id"])
        return super().update(**kwargs)


class OwnedManager(models.Manager[T]):
    """Gives the rows of the open scope; without one every read and every bulk write raises ScopeError."""

    def get_queryset(self) -> OwnedQuerySet[T]:
        return OwnedQuerySet(self.model, using=self._db)

    # django-scopes leaves these two open when no scope is: it disables reads.
    def bulk_create(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> list[T]:
        return super().bulk_create(_owned_here(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> int:
        return super().bulk_update(_owned_here(objs), *args, **kwargs)


def _owned_here(rows: Iterable[T]) -> list[T]:
    """The rows, all of which must belong to the open scope."""
    listed = list(rows)
    for row in listed:
        scope.require_owner(row.owner_id)  # type: ignore[attr-defined]
    return listed


class Owned(models.Model):
    """A row of one organisation. Without an open scope nothing is read, and nothing written outside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        objects: ClassVar[OwnedManager[Self]]
    else:
        objects = ScopedManager(_manager_class=OwnedManager, owner="owner")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        scope.require_owner(self.owner_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        scope.require_owner(self.owner_id)
        return super().delete(*args, **kwargs)


class Mandate(models.Model):
    """受委託の定め: who may do which steps of which kata for whom, seeing which items, from when to when.

    Belongs to the municipality that gives it; the taker must read it too, so it is looked up by queries
    that name one of the two parties, not through a scope.
    """

    class LegalForm(models.TextChoices):
        OUTSOURCING = "outsourcing", "民間委託"
        DELEGATION = "delegation", "事務の委託"  # 地方自治法252条の14: the taker decides in its own name
        SUBSTITUTION = "substitution", "事務の代替執行"  # 252条の16の2: decided in the giver's name
        JOINT_ORGAN = "joint_organ", "機関等の共同設置"  # 252条の7

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_given")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_taken")
    title = models.CharField(max_length=100)
    number = models.CharField(max_length=40)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices)
    kata = models.CharField(max_length=42)
    steps = models.JSONField(default=list)  # ids of workflow steps
    fields = models.JSONField(default=list)  # item ids shown; ["*"] = whatever the step shows
    masked = models.JSONField(default=list)  # item ids hidden until a purpose is written
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(owner=models.F("taker")), name="mandate_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
