"""Every test starts from the built cast; each one's changes are rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from tests import cast, stores
from tests.installation import backup, built, installation
from yuimaru.foundation.tenancy.actors import Actor

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

__all__ = ["backup", "built", "installation"]


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The cast: on SQLite in memory, on PostgreSQL in a database that was prepared as in real use."""
    from yuimaru.demo.seed import build_cast
    from yuimaru.interfaces.cli import preparation

    prepare = partial(preparation.prepare, anew=False)
    build = partial(build_cast, at=cast.BUILT_AT, progress=lambda _: None)
    with django_db_blocker.unblock(), stores.with_cast(request.config.getoption("store"), prepare, build):
        yield


@pytest.fixture
def committed(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """The cast in a database of the test's own, with real commits from real connections."""
    with django_db_blocker.unblock(), stores.committed_copy(request.config.getoption("store"), tmp_path):
        yield


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A data folder of the test's own."""
    before = settings.VAR, settings.EMAIL_FILE_PATH
    settings.VAR, settings.EMAIL_FILE_PATH = tmp_path, tmp_path / "mail"
    yield tmp_path
    settings.VAR, settings.EMAIL_FILE_PATH = before


def actor(login: str, on: date = date(2026, 11, 20)) -> Actor:
    """The actor that a person of the cast is on a day."""
    from yuimaru.foundation.people.models import User
    from yuimaru.foundation.people.queries import standings

    return standings(User.objects.get(login=login), on=on)[0].actor
