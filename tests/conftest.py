"""Every test starts from the built cast; each one's changes are rolled back."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

# The settings read the data folder once, at import: tests never touch a real one.
os.environ["YUIMARU_VAR"] = tempfile.mkdtemp(prefix="yuimaru-test-")
os.environ.pop("YUIMARU_SMTP", None)

from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from tests import cast
from tests.installation import backup, built, installation
from yuimaru.foundation.tenancy.actors import Actor

__all__ = ["backup", "built", "installation"]


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Build the cast once, inside the test database."""
    from yuimaru.demo.seed import build_cast

    with django_db_blocker.unblock():
        build_cast(at=cast.BUILT_AT, progress=lambda _: None)


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
