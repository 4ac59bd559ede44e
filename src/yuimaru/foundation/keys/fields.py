"""A sealed value of a row: plain in Python, ciphertext in its column."""

from __future__ import annotations

import json
from typing import Generic, Self, TypeVar, overload

from django.db import models

from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.keys.sealing import seal, unseal

V = TypeVar("V")


class Sealed(Generic[V]):
    """Reads and writes a BinaryField as a JSON value under the row's `key`; NULL stands for the empty value.

    The row's id and key must be set before the value is. Columns sealed in this way can be neither filtered
    nor sorted by: what must be found by is a column of its own, on an explicit list.
    """

    def __init__(self, column: str, *, empty: V) -> None:
        self.column = column
        self.empty = empty

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: models.Model, owner: type) -> V: ...
    def __get__(self, row: models.Model | None, owner: type) -> Self | V:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        if sealed is None:
            return self.empty
        value: V = json.loads(unseal(_key(row), bytes(sealed), place=self._place(row)))
        return value

    def __set__(self, row: models.Model, value: V) -> None:
        sealed = None
        if value != self.empty:
            plain = json.dumps(value, ensure_ascii=False).encode()
            sealed = seal(_key(row), plain, place=self._place(row))
        setattr(row, self.column, sealed)

    def _place(self, row: models.Model) -> str:
        return f"{row._meta.db_table}.{self.column}:{row.pk}"


def _key(row: models.Model) -> DataKey:
    key: DataKey = getattr(row, "key")  # noqa: B009 — every sealed row has one, models in general do not
    return key
