"""The desk on a fixed day: 20 November 2026, a Friday, one hour after the applications of `flow`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from tests.services.cases import flow
from yuimaru.foundation.people.models import User

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW + timedelta(hours=1)):
        yield


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which a person of the cast is signed in."""

    def signed_in(login: str) -> Client:
        client = Client()
        client.force_login(
            User.objects.get(login=login), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return signed_in
