"""The product starts only as a role that row-level security binds, on tables that have it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections

from tests import cast, stores
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.postgresql import roles
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope

pytestmark = pytest.mark.store("postgresql")

WEAK = "yuimaru_weak"


@pytest.fixture
def empty() -> Iterator[str]:
    """A database in which nothing is prepared."""
    name = f"{connection.settings_dict['NAME']}_empty"
    stores.create_database(name)
    yield name
    stores.administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def weak() -> Iterator[Callable[[str], str]]:
    """A role that is made as somebody careless might make it."""
    made: list[str] = []

    def make(statement: str) -> str:
        role = f"{WEAK}_{os.getpid()}_{len(made)}"
        made.append(role)
        stores.administer(f"CREATE ROLE {role} LOGIN {statement}")
        return role

    yield make
    for role in reversed(made):
        stores.administer(f"DROP ROLE {role}")


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python …` as a process of its own that knows these databases only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YUIMARU_DATABASE")}
    supervised, supervisor = os.pipe()  # the worker ends when its supervisor's side of the pipe is closed
    try:
        return subprocess.run(
            [sys.executable, *command],
            env={**kept, "PYTHONPATH": str(stores.ROOT / "src"), **environment},
            stdin=supervised,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(supervised)
        os.close(supervisor)


@pytest.mark.parametrize(
    ("statement", "command"), [("SUPERUSER", ("serve",)), ("BYPASSRLS", ("demo", "--prepare"))]
)
def test_a_role_that_sees_everything_is_refused_before_anything_is_made(
    statement: str, command: tuple[str, ...], empty: str, weak: Callable[[str], str]
) -> None:
    role = weak(statement)
    ended = _run("-m", "yuimaru", *command, YUIMARU_DATABASE=stores.address_of(role, empty))
    assert ended.returncode == 2, ended.stderr
    assert role in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    stores.administer(
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public') THEN RAISE 'made'; END IF; END $$",
        empty,
    )


def test_a_role_that_may_turn_into_such_a_one_is_refused(weak: Callable[[str], str], empty: str) -> None:
    above = weak("BYPASSRLS")
    role = weak(f"NOINHERIT IN ROLE {above}")
    ended = _run("-m", "yuimaru", "municipality", "list", YUIMARU_DATABASE=stores.address_of(role, empty))
    assert ended.returncode == 2
    assert above in ended.stderr


@pytest.mark.parametrize(
    "start",
    [
        ("-m", "yuimaru.config.server.worker", "0"),
        ("-c", "import yuimaru.config.wsgi"),
    ],
)
def test_web_and_worker_refuse_by_themselves(start: tuple[str, ...]) -> None:
    """Another server may load the application without our supervisor."""
    address = stores.address_of("postgres", str(connection.settings_dict["NAME"]))
    ended = _run(*start, YUIMARU_DATABASE=address)
    assert ended.returncode == 1
    assert "Unconfined" in ended.stderr


def test_tables_are_prepared_by_their_owner_and_served_by_another_role(empty: str) -> None:
    serving, owner = stores.address_of(stores.SERVING, empty), stores.address_of(stores.OWNER, empty)
    alone = _run("-m", "yuimaru", "municipality", "list", YUIMARU_DATABASE=serving)
    assert alone.returncode == 2
    assert "yuimaru database prepare" in alone.stderr
    for _ in range(2):
        prepared = _run(
            "-m", "yuimaru", "database", "prepare", YUIMARU_DATABASE=serving, YUIMARU_DATABASE_OWNER=owner
        )
        assert prepared.returncode == 0, prepared.stderr
    assert _run("-m", "yuimaru", "municipality", "list", YUIMARU_DATABASE=serving).returncode == 0


def test_one_role_for_both_is_bound_by_force(empty: str) -> None:
    owner = stores.address_of(stores.OWNER, empty)
    assert _run("-m", "yuimaru", "municipality", "list", YUIMARU_DATABASE=owner).returncode == 0
    stores.administer("ALTER TABLE people_section NO FORCE ROW LEVEL SECURITY", empty)
    refused = _run("-m", "yuimaru", "municipality", "list", YUIMARU_DATABASE=owner)
    assert refused.returncode == 2
    assert "people_section" in refused.stderr


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    "weakened",
    [
        "ALTER TABLE people_section NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE people_section DISABLE ROW LEVEL SECURITY",
        "DROP POLICY owners_only ON people_section",
        "CREATE POLICY everybody ON people_section USING (true)",
    ],
)
def test_a_table_that_lost_its_protection_is_named(weakened: str) -> None:
    roles.require_confined(connection)
    stores.administer(weakened, str(connection.settings_dict["NAME"]))
    with pytest.raises(roles.Unconfined, match="people_section"):
        roles.require_confined(connection)


@pytest.mark.usefixtures("committed")
def test_force_is_what_binds_the_owner_of_the_tables() -> None:
    name = str(connection.settings_dict["NAME"])
    with scope(Actor.system(get_organisation(cast.OUMI))):
        sections = Section.objects.count()
    assert sections
    owner = connections["owner"].copy()
    owner.settings_dict["NAME"] = name
    try:
        with owner.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_section")
            assert cursor.fetchone() == (0,)
            cursor.execute("ALTER TABLE people_section NO FORCE ROW LEVEL SECURITY")
            cursor.execute("SELECT count(*) FROM people_section")
            assert cursor.fetchone()[0] > sections
    finally:
        owner.close()


@pytest.mark.usefixtures("committed")
def test_the_serving_role_cannot_change_the_tables() -> None:
    from django.db import DatabaseError

    for statement in (
        "ALTER TABLE people_section DISABLE ROW LEVEL SECURITY",
        "DROP POLICY owners_only ON people_section",
        "TRUNCATE people_section CASCADE",
        "CREATE TABLE elsewhere AS SELECT 1",
    ):
        with (
            pytest.raises(DatabaseError, match=r"must be owner|permission denied"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
