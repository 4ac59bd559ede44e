"""The portal on a fixed day: 20 November 2026, a Friday."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.test import Client

from tests.services.cases import flow


@pytest.fixture(autouse=True)
def _clock(db: None) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW):
        yield


@pytest.fixture
def browser() -> Client:
    """A browser of somebody who has not been here before."""
    return Client()
