"""Signing in and out, and what the door says when it stays shut."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.interfaces.desk.conftest import SignIn

pytestmark = pytest.mark.django_db

DOOR = "/accounts/login/"


@pytest.fixture(autouse=True)
def _clock() -> None:
    """Today: the lock compares what Django and axes take for now."""


def _try(client: Client, login: str, password: str, next_page: str = "") -> tuple[int, str, str]:
    given = {"login": login, "password": password, **({"next": next_page} if next_page else {})}
    answer = client.post(DOOR, given)
    return answer.status_code, answer.content.decode(), answer.get("Location", "")


def test_the_right_password_opens_the_page_one_came_for() -> None:
    client = Client()
    assert 'name="next" value="/desk/log"' in client.get(DOOR, {"next": "/desk/log"}).content.decode()
    assert _try(client, "oumi-clerk", cast.PASSWORD, "/desk/log")[::2] == (302, "/desk/log")
    assert client.get("/desk/").status_code == 200


def test_nobody_is_led_elsewhere() -> None:
    assert _try(Client(), "oumi-clerk", cast.PASSWORD, "https://example.com/")[::2] == (302, "/desk/")


def test_a_wrong_password_is_told_in_words_and_the_name_stays() -> None:
    status, page, _ = _try(Client(), "oumi-clerk", "wrong")
    assert status == 200
    assert "サインイン名かパスワードが違います" in page
    assert 'value="oumi-clerk"' in page
    assert "<title>誤り" in page


def test_what_was_left_empty_is_named() -> None:
    _, page, _ = _try(Client(), "", "")
    assert "サインイン名を入力してください。" in page
    assert "パスワードを入力してください。" in page


def test_an_unknown_name_is_answered_like_a_wrong_password() -> None:
    pages = [_try(Client(), login, "wrong")[1] for login in ("oumi-clerk", "nobody-here")]
    assert ["サインイン名かパスワードが違います" in page for page in pages] == [True, True]


def test_five_wrong_passwords_close_the_door_for_this_name_only() -> None:
    client = Client()
    for _ in range(4):
        assert _try(client, "oumi-clerk", "wrong")[0] == 200
    status, page, _ = _try(client, "oumi-clerk", "wrong")
    assert status == 429
    assert "15分" in page
    assert _try(client, "oumi-clerk", cast.PASSWORD)[0] == 429
    assert _try(Client(), "oumi-decider", cast.PASSWORD)[0] == 302


def test_signing_out_asks_first_and_then_forgets(sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    assert "サインアウトしますか" in clerk.get("/accounts/logout/").content.decode()
    assert clerk.post("/accounts/logout/").status_code == 302
    assert clerk.get("/desk/").status_code == 302
