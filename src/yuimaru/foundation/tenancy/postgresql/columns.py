"""Columns of types that only PostgreSQL has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Column = models.Field[Any, Any]
else:
    Column = models.Field


class Native(Column):
    """A column of a type that Django does not know; it is written and read in SQL, and stays empty on SQLite."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """Name the type in migrations."""
        name, path, given, options = super().deconstruct()
        return name, path, [self.kind, *given], options

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Name the type to the database."""
        return self.kind if connection.vendor == "postgresql" else "blob"
