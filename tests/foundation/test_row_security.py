"""PostgreSQL keeps towns apart by itself: shown with raw SQL and with our own guards taken away."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import django_scopes
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Owned
from yuimaru.foundation.tenancy.postgresql import roles
from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly, SharedWithMembers
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope

on_postgresql = pytest.mark.store("postgresql")


def _owners(table: str = "people_section") -> set[int]:
    """Whose rows the database itself shows, with no filter in the statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT owner_id FROM {table}")  # noqa: S608
        return {owner_id for (owner_id,) in cursor.fetchall()}


def _id(code: str) -> int:
    return get_organisation(code).pk


def _system(code: str) -> Actor:
    return Actor.system(get_organisation(code))


def test_every_owned_table_gets_its_policy_from_a_migration() -> None:
    owned = {
        (model._meta.app_label, model._meta.model_name)
        for model in apps.get_models()
        if issubclass(model, Owned)
    }
    given = [
        (label, operation.model_name.lower())
        for (label, _), migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if type(operation) is OwnersOnly
    ]
    assert len(owned) > 10
    assert sorted(given) == sorted(owned), "add OwnersOnly(…) to the migration that creates the model"


def test_every_table_that_can_be_shared_gets_its_second_policy_from_a_migration() -> None:
    tables = roles.shareable_tables()
    given = {
        apps.get_model(label, operation.model_name)._meta.db_table
        for (label, _), migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if isinstance(operation, SharedWithMembers)
    }
    assert len(tables) > 1
    assert given == tables, "add SharedWithMembers(…) to the migration that creates the model"


@on_postgresql
@pytest.mark.django_db
def test_every_owned_table_is_confined() -> None:
    roles.require_confined(connection)


@on_postgresql
@pytest.mark.django_db
def test_without_a_scope_no_table_shows_a_row() -> None:
    flow.sent_case(cast.OUMI)
    with scope(_system(cast.OUMI)):
        assert _owners("cases_case") == _owners("procedures_submission") == {_id(cast.OUMI)}
    assert {table: _owners(table) for table in roles.owned_tables()} == {
        table: set() for table in roles.owned_tables()
    }


@on_postgresql
@pytest.mark.django_db
def test_a_scope_shows_its_own_rows_and_a_nested_one_gives_back_the_outer() -> None:
    town, other = _id(cast.OUMI), _id(cast.MIDORINO)
    with scope(_system(cast.OUMI)):
        assert _owners() == {town}
        with scope(_system(cast.MIDORINO)):
            assert _owners() == {other}
        assert _owners() == {town}
    assert _owners() == set()


@on_postgresql
@pytest.mark.django_db
def test_a_mandate_opens_its_town_too() -> None:
    with flow.standing("centre-agent"):
        assert _owners() == {_id(code) for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA, cast.CENTRE)}


@on_postgresql
@pytest.mark.django_db
def test_a_forgotten_filter_shows_nothing_of_others() -> None:
    """The scope of the library, taken away: the database still knows."""
    with django_scopes.scopes_disabled():
        assert not Section.objects.exists()
    with scope(_system(cast.OUMI)):
        assert set(Section._base_manager.values_list("owner_id", flat=True)) == {_id(cast.OUMI)}


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda town: Section(owner_id=town, name="x").save(),
        lambda town: Section.objects.bulk_create([Section(owner_id=town, name="x")]),
        lambda town: Section.objects.all().update(owner_id=town),
        lambda town: _execute("UPDATE people_section SET owner_id = %s", town),
        lambda town: _execute(
            "INSERT INTO people_section (id, owner_id, name, name_en, phone, place, place_en, is_general)"
            " VALUES (%s, %s, 'x', '', '', '', '', false)",
            uuid4(),
            town,
        ),
    ],
)
def test_a_foreign_write_is_refused_without_our_own_check(
    write: Callable[[int], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yuimaru.foundation.tenancy.scope.require_owner", lambda owner_id: None)
    other = _id(cast.MIDORINO)
    with (
        scope(_system(cast.OUMI)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        write(other)


@on_postgresql
@pytest.mark.django_db
def test_foreign_rows_are_neither_changed_nor_deleted() -> None:
    with scope(_system(cast.OUMI)):
        assert _execute("UPDATE people_section SET name = 'x' WHERE owner_id = %s", _id(cast.MIDORINO)) == 0
        assert _execute("DELETE FROM people_section WHERE owner_id = %s", _id(cast.MIDORINO)) == 0
    with scope(_system(cast.MIDORINO)):
        assert not Section.objects.filter(name="x").exists()


def _execute(statement: str, *params: int | UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


@on_postgresql
@pytest.mark.django_db
def test_a_rolled_back_savepoint_leaves_the_open_scope() -> None:
    town = _id(cast.OUMI)
    with scope(_system(cast.OUMI)):
        with pytest.raises(DatabaseError), transaction.atomic():
            _fail_in(cast.MIDORINO)
        assert _owners() == {town}
    assert _owners() == set()


def _fail_in(code: str) -> None:
    with scope(_system(code)):
        assert _owners() == {_id(code)}
        _execute("SELECT 1/0")


@on_postgresql
@pytest.mark.usefixtures("committed")
def test_nothing_stays_behind_on_the_connection() -> None:
    town = _id(cast.OUMI)
    with scope(_system(cast.OUMI)):
        assert _owners() == {town}, "a read outside a transaction has its scope too"
    assert (_owners(), _setting()) == (set(), "")
    with scope(_system(cast.OUMI)), transaction.atomic():
        assert _owners() == {town}
    assert (_owners(), _setting()) == (set(), "")
    with transaction.atomic():
        with scope(_system(cast.OUMI)):
            assert _owners() == {town}
        assert (_owners(), _setting()) == (set(), "")


def _setting() -> str:
    """What the server has in mind, asked past the backend."""
    connection.ensure_connection()
    found = connection.connection.execute("SELECT current_setting('app.scope', true)").fetchone()
    return found[0] or ""


@on_postgresql
@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("within", [transaction.atomic, lambda: scope(_system(cast.OUMI))])
def test_rows_that_come_in_portions_are_of_the_scope(within: Callable[[], transaction.Atomic]) -> None:
    """A cursor on the server is declared by a statement that takes no other beside it."""
    with scope(_system(cast.OUMI)), within():
        sections = list(Section._base_manager.all().iterator(chunk_size=2))
        assert len(sections) > 2
        assert {section.owner_id for section in sections} == {_id(cast.OUMI)}
    assert list(Section._base_manager.all().iterator(chunk_size=2)) == []


@on_postgresql
@pytest.mark.django_db
def test_one_statement_for_many_rows_has_its_scope() -> None:
    with scope(_system(cast.OUMI)), connection.cursor() as cursor:
        cursor.executemany("UPDATE people_section SET place = %s", [("a",), ("b",)])
        assert set(Section.objects.values_list("place", flat=True)) == {"b"}
    with scope(_system(cast.MIDORINO)):
        assert not Section.objects.filter(place="b").exists()
