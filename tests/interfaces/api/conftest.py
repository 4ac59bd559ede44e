"""The API on a fixed day, and a system that holds the token of a town."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.people import actions
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation


@pytest.fixture(autouse=True)
def _clock(db: None) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW):
        yield


def token_for(code: str, until: datetime = flow.NOW + timedelta(days=30)) -> str:
    """A new token of an organisation."""
    owner = get_organisation(code)
    _, secret = actions.create_token(
        owner=owner, name="試験", expires_at=until, by=Actor.system(owner), at=flow.NOW
    )
    return secret


def application(**changed: object) -> dict[str, Any]:
    """The body of an application that passes."""
    return {
        "kata": "jidou-teate",
        "answers": {**cast.answers(cast.RESIDENTS[0], sent_on=flow.TODAY), **changed},
    }


@dataclass
class System:
    """Another system with its token."""

    code: str
    token: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def post(self, path: str, body: object, key: str | None = flow.KEY, **headers: str) -> HttpResponse:
        """Post JSON, or bytes as they are."""
        given = {"idempotency-key": key} if key is not None else {}
        if self.token:
            given["authorization"] = f"Bearer {self.token}"
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        response = self.client.post(
            path, content, content_type="application/json", headers={**given, **headers}
        )
        assert isinstance(response, HttpResponse)
        return response

    def submit(self, body: object, key: str | None = flow.KEY, **headers: str) -> HttpResponse:
        """Send an application to one's own town."""
        return self.post(f"/api/v1/m/{self.code}/submissions", body, key, **headers)


@pytest.fixture
def oumi() -> System:
    """A system of 青海市."""
    return System(cast.OUMI, token_for(cast.OUMI))


@pytest.fixture
def stranger() -> System:
    """A system without a token."""
    return System(cast.OUMI)


def errors(response: HttpResponseBase) -> list[dict[str, Any]]:
    """The errors of a refusal, which has the one shape."""
    assert response.headers["Content-Type"] == "application/json"
    assert isinstance(response, HttpResponse)
    body = json.loads(response.content)
    assert body.keys() == {"errors"}
    assert all(each.keys() == {"item", "message"} and each["message"] for each in body["errors"])
    assert body["errors"]
    return list(body["errors"])
