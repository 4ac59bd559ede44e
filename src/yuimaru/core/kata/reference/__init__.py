"""The language told from its own models: the tables of the reference page, and a JSON Schema for editors."""

from yuimaru.core.kata.reference.schema import language_schema
from yuimaru.core.kata.reference.tables import with_tables

__all__ = ["language_schema", "with_tables"]
