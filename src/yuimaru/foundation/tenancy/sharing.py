"""What a consortium or prefecture shares with its members: they read it, its owner alone writes it.

Rows are shared one by one (`Shareable.is_shared`). On PostgreSQL the policy of `SharedWithMembers` says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from yuimaru.foundation.tenancy.models import Organisation, Owned
from yuimaru.foundation.tenancy.scope import OutOfScope, scope_ids


class Shareable(Owned):
    """A row that the members of its owner may read too, once it is shared."""

    is_shared = models.BooleanField(default=False)

    class Meta:
        abstract = True


T = TypeVar("T", bound=Shareable)


class Readings(models.QuerySet[T]):
    """Rows that may be others' own: they are read and never written."""

    def update(self, **kwargs: Any) -> int:
        raise OutOfScope("what is read through sharing is not written")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OutOfScope("what is read through sharing is not deleted")

    def bulk_create(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> list[T]:
        raise OutOfScope("what is read through sharing is not written")

    def bulk_update(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> int:
        raise OutOfScope("what is read through sharing is not written")


def readable(model: type[T]) -> models.QuerySet[T]:
    """The rows of the open scope, and what is shared by those that its organisations are members of.

    :raises ScopeError: no scope is open.
    """
    opened = scope_ids()
    centres = Organisation.objects.filter(members__in=opened).values("pk")
    return Readings(model).filter(Q(owner__in=opened) | Q(is_shared=True, owner__in=centres))
