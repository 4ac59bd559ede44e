"""The one door to owned rows: a scope is opened for an actor, never for nothing, and never for everybody.

A thin wrapper over django-scopes, in which `None` would filter nothing and an empty set would pass unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import django_scopes
from django_scopes import ScopeError

from yuimaru.foundation.tenancy.actors import Actor


class MandateParties(Protocol):
    """The two ends of a mandate."""

    @property
    def owner_id(self) -> int: ...
    @property
    def taker_id(self) -> int: ...


class OutOfScope(Exception):
    """A write was tried for an organisation that the open scope does not hold."""


@contextmanager
def open_for(owner_ids: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Open the rows of exactly these organisations. Only `scope` and tests of the guard call this."""
    if not isinstance(owner_ids, tuple) or not owner_ids:
        raise ScopeError("a scope is a non-empty tuple of organisation ids")
    if not all(type(owner_id) is int and owner_id > 0 for owner_id in owner_ids):
        raise ScopeError("a scope holds organisation ids only")
    with django_scopes.scope(owner=owner_ids):
        yield owner_ids


@contextmanager
def scope(actor: Actor, *, mandates: Sequence[MandateParties] = ()) -> Iterator[tuple[int, ...]]:
    """Open the rows of the actor's own organisation and of those that gave it one of these mandates.

    The caller passes mandates that are live now (`queries.live_mandates`); one taken by somebody else is refused.
    """
    if any(mandate.taker_id != actor.organisation_id for mandate in mandates):
        raise ScopeError("a mandate of another organisation opens nothing")
    owner_ids = {actor.organisation_id, *(mandate.owner_id for mandate in mandates)}
    with open_for(tuple(sorted(owner_ids))) as opened:
        yield opened


def scope_ids() -> tuple[int, ...]:
    """The organisation ids that are open now; raises ScopeError when no scope is."""
    owner_ids = open_ids()
    if not owner_ids:
        raise ScopeError("no scope is open")
    return owner_ids


def open_ids() -> tuple[int, ...]:
    """The organisation ids that are open now, none when no scope is; what PostgreSQL is told with every statement."""
    open_now = django_scopes.get_scope()
    owner_ids = open_now.get("owner")
    return owner_ids if open_now.get("_enabled") and isinstance(owner_ids, tuple) else ()


def require_owner(owner_id: int | None) -> None:
    """Refuse a write for an organisation outside the open scope."""
    if owner_id not in scope_ids():
        raise OutOfScope(f"organisation {owner_id} is outside the open scope")
