"""The scope: without one nothing is read or written, and never more than it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_scopes
import pytest
from django_scopes import ScopeError

from tests import cast
from tests.conftest import actor
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation, live_mandates
from yuimaru.foundation.tenancy.scope import OutOfScope, open_for, scope, scope_ids

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nothing", [None, (), [], set(), {1}, [1], "1", 1, (None,), ("1",), (0,), (True,)])
def test_a_scope_is_a_tuple_of_ids_and_never_empty(nothing: Any) -> None:
    with pytest.raises(ScopeError), open_for(nothing):
        pass


def test_without_a_scope_nothing_is_read_or_written() -> None:
    town = get_organisation(cast.OUMI)
    with pytest.raises(ScopeError):
        Section.objects.count()
    with pytest.raises(ScopeError):
        Section(owner=town, name="x").save()
    with pytest.raises(ScopeError):
        Section.objects.bulk_create([Section(owner=town, name="x")])


def test_a_scope_that_the_library_would_let_pass_is_still_refused() -> None:
    """`scope(owner=None)` and `scopes_disabled()` filter nothing in django-scopes; writes are refused there too."""
    town = get_organisation(cast.OUMI)
    with django_scopes.scopes_disabled(), pytest.raises(ScopeError):
        Section(owner=town, name="x").save()
    with django_scopes.scope(owner=None), pytest.raises(ScopeError):
        scope_ids()


def test_reads_hold_only_the_scope() -> None:
    town, other = get_organisation(cast.OUMI), get_organisation(cast.MIDORINO)
    with scope(Actor.resident(town)):
        assert set(Section.objects.values_list("owner__code", flat=True)) == {cast.OUMI}
        assert not Section.objects.filter(owner=other).exists()


def test_writes_outside_the_scope_are_refused() -> None:
    town, other = get_organisation(cast.OUMI), get_organisation(cast.MIDORINO)
    with scope(Actor.system(other)):
        foreign = Section.objects.all()[0]
    with scope(Actor.system(town)):
        with pytest.raises(OutOfScope):
            Section.objects.create(owner=other, name="x")
        with pytest.raises(OutOfScope):
            Section.objects.bulk_create([Section(owner=other, name="x")])
        with pytest.raises(OutOfScope):
            Section.objects.update(owner=other)
        with pytest.raises(OutOfScope):
            foreign.save()
        with pytest.raises(OutOfScope):
            foreign.delete()
        assert Section.objects.filter(owner_id=other.pk).update(name="x") == 0


def test_a_mandate_opens_the_giver_and_nobody_else() -> None:
    agent = actor("centre-agent")
    mandates = live_mandates(taker_id=agent.organisation_id, on=date(2026, 11, 20))
    with scope(agent, mandates=mandates):
        owners = set(Section.objects.values_list("owner__code", flat=True))
    assert owners == {cast.CENTRE, cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA}
    with scope(agent, mandates=mandates[:1]):
        assert set(Section.objects.values_list("owner__code", flat=True)) == {cast.CENTRE, cast.OUMI}


def test_a_mandate_of_somebody_else_opens_nothing() -> None:
    mandates = live_mandates(taker_id=actor("centre-agent").organisation_id, on=date(2026, 11, 20))
    with pytest.raises(ScopeError), scope(actor("minato-agent"), mandates=mandates):
        pass


def test_scopes_end_with_their_block() -> None:
    with scope(Actor.resident(get_organisation(cast.OUMI))):
        pass
    with pytest.raises(ScopeError):
        scope_ids()
