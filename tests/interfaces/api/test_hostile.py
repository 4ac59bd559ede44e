"""Whatever is thrown at the API, the answer is JSON in the one shape, and nothing is written."""

from __future__ import annotations

import json
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError

from tests import cast
from tests.interfaces.api.conftest import System, application, errors
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.api.reading import Unreadable, read_json
from yuimaru.services.procedures.models import SentKey, Submission

ASK = f"/api/v1/m/{cast.OUMI}/ask"

UNREADABLE = [
    b"{",
    b"\xff\xfe{}",
    b"\xef\xbb\xbf{}",
    '{"question": "い"}'.encode("cp932"),
    '{"question": "い"}'.encode("utf-16"),
    b'{"question": "a\x00b"}',
    rb'{"question": "a\u0000b"}',
    rb'{"question": "\ud800"}',
    rb'{"question": "\udfff\ud800"}',
    rb'{"\u0000": 1}',
    rb'{"\ud83d": 1}',
    b'{"question": NaN}',
    b'{"question": -Infinity}',
    b'{"question": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 21 + b"1" + b"}" * 21,
    b"{'question': 'x'}",
]


@pytest.mark.parametrize("body", UNREADABLE, ids=lambda body: repr(body[:24]))
def test_what_is_not_json_or_holds_no_text_is_a_400(stranger: System, oumi: System, body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(body)
    for response in (stranger.post(ASK, body), oumi.submit(body)):
        assert response.status_code == 400
        errors(response)


def test_no_half_of_a_character_gets_into_an_answer(oumi: System) -> None:
    body = json.dumps(application(氏名="\ud842")).encode()
    assert oumi.submit(body).status_code == 400
    assert oumi.submit(json.dumps(application(氏名="\ud842\udfb7 太郎")).encode()).status_code == 201


def test_a_body_that_is_too_large_is_a_413(stranger: System, oumi: System) -> None:
    body = b'{"question": "' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    for response in (stranger.post(ASK, body), oumi.submit(body)):
        assert response.status_code == 413
        errors(response)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options", "trace"])
def test_another_method_is_a_405_in_json(stranger: System, method: str) -> None:
    response = getattr(stranger.client, method)(ASK)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    errors(response)


@pytest.mark.parametrize("path", ["", "docs", "m/990019/", "m/990019/ask/", "m/990019/cases", "../../x"])
def test_another_address_is_a_404_in_json(stranger: System, path: str) -> None:
    response = stranger.client.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "private, no-store"
    errors(response)


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("fault", [OperationalError("database is locked"), RuntimeError("secret words")])
def test_a_fault_of_ours_shows_nothing_of_itself(
    oumi: System, fault: Exception, debug: bool, settings: object
) -> None:
    oumi.client.get("/healthz")  # the middleware is loaded as it would be without debugging
    settings.DEBUG = debug  # type: ignore[attr-defined]
    with patch("yuimaru.services.cases.actions.receiving.open_case", side_effect=fault):
        response = oumi.submit(application())
    assert response.status_code >= 500
    errors(response)
    text = response.content.decode()
    assert "Traceback" not in text
    assert str(fault) not in text
    with scope(Actor.system(get_municipality(cast.OUMI))):
        assert not Submission.objects.exists()
        assert not SentKey.objects.exists(), "the same key may be sent again at once"
    assert oumi.submit(application()).status_code == 201


def test_a_foreign_host_name_is_refused_in_json(stranger: System) -> None:
    response = stranger.post(ASK, {"question": "x"}, host="evil.example")
    assert response.status_code == 400
    errors(response)


@pytest.mark.parametrize("token", ["é", "\x7f", " ", "a b", "x" * 100_000])
def test_odd_tokens_are_only_unknown(token: str) -> None:
    assert System(cast.OUMI, token).submit(application()).status_code == 401


def test_answers_of_every_wrong_kind_are_refused_and_never_break(oumi: System) -> None:
    odd: list[object] = [
        None,
        True,
        -1,
        10**30,
        1e308,
        "",
        " ",
        "a" * 10_000,
        [],
        [[]],
        {},
        {"x": {"y": 1}},
        "2026-13-45",
    ]
    for number, item in enumerate(application()["answers"]):
        for place, value in enumerate(odd):
            response = oumi.submit(application(**{item: value}), key=f"odd-{number:03d}-{place:03d}")
            assert response.status_code in (201, 422), f"{item} {value!r}: {response.content.decode()}"
