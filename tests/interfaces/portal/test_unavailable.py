"""When the store takes nothing: 503 in words, nothing half-saved, and what was typed can be sent again."""

from __future__ import annotations

import errno
import sqlite3
from unittest.mock import patch

import psycopg
import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests import cast
from tests.interfaces.portal.filling import APPLY, fill
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import open_for
from yuimaru.interfaces.look.unavailable import RETRY_AFTER, Reason, reason_of
from yuimaru.services.procedures.models import Submission


def _sqlite(name: str) -> OperationalError:
    """What Django raises for a result code of SQLite."""
    error = OperationalError("x")
    error.__cause__ = sqlite3.OperationalError("x")
    error.__cause__.sqlite_errorname = name
    return error


def _postgresql(state: str | None) -> DatabaseError:
    """As Django raises it: its own error, from the driver's."""
    if state is None:
        error: DatabaseError = OperationalError("x")  # nobody answered
        error.__cause__ = psycopg.OperationalError("x")
        return error
    error = DatabaseError("x")
    error.__cause__ = psycopg.errors.lookup(state)("x")
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (_sqlite("SQLITE_FULL"), Reason.FULL),
        (_sqlite("SQLITE_BUSY_SNAPSHOT"), Reason.BUSY),
        (_sqlite("SQLITE_READONLY_DBMOVED"), Reason.READ_ONLY),
        (_sqlite("SQLITE_IOERR_FSYNC"), Reason.UNREACHABLE),
        (_sqlite("SQLITE_CANTOPEN"), Reason.UNREACHABLE),
        (_sqlite("SQLITE_ERROR"), None),  # "no such table" is a fault of ours
        (_postgresql("53100"), Reason.FULL),
        (_postgresql("25006"), Reason.READ_ONLY),
        (_postgresql("08006"), Reason.UNREACHABLE),
        (_postgresql("42P01"), None),
        (_postgresql(None), Reason.UNREACHABLE),
        (OSError(errno.ENOSPC, "x"), Reason.FULL),
        (OSError(errno.EROFS, "x"), Reason.READ_ONLY),
        (OSError(errno.ENOENT, "x"), None),
        (ValueError("x"), None),
        (None, None),
    ],
)
def test_only_what_the_store_refuses_is_unavailable(
    error: BaseException | None, reason: Reason | None
) -> None:
    assert reason_of(error) == reason


@pytest.fixture
def patient() -> Client:
    """A browser that is shown errors as residents are."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_reason_has_its_sentence(patient: Client, reason: Reason, language: str) -> None:
    name = {
        Reason.FULL: "FULL",
        Reason.BUSY: "BUSY",
        Reason.READ_ONLY: "READONLY",
        Reason.UNREACHABLE: "IOERR",
    }
    patient.cookies["yuimaru_language"] = language
    with patch("yuimaru.interfaces.portal.apply.submit", side_effect=_sqlite(f"SQLITE_{name[reason]}")):
        fill(patient, upto=1)
        response = patient.post(f"{APPLY}/confirm", {"idempotency_key": "key-0123456789"})
    assert (response.status_code, response["Retry-After"]) == (503, str(RETRY_AFTER[reason]))
    words = response.content.decode()
    assert ("何も保存していません" if language == "ja" else "Nothing was saved") in words
    assert APPLY not in words.replace(f'action="{APPLY}', ""), "the page says nothing of the address"


def test_what_was_typed_is_on_the_page_and_one_press_sends_it(patient: Client) -> None:
    fill(patient)
    typed = {"idempotency_key": "key-<0123456789>"}
    with patch("yuimaru.interfaces.portal.apply.submit", side_effect=_sqlite("SQLITE_FULL")):
        refused = patient.post(f"{APPLY}/confirm", typed)
    form = LexborHTMLParser(refused.content.decode()).css_first("main form")
    assert form is not None
    kept = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")}
    assert kept == typed
    assert patient.post(f"{APPLY}/confirm", kept).status_code == 303
    with open_for((Organisation.objects.get(code=cast.MIDORINO).pk,)):
        assert Submission.objects.count() == 1


def test_a_failing_session_store_is_the_same_refusal(patient: Client) -> None:
    """It fails behind the view, where no middleware of ours sees the exception."""
    with patch("django.contrib.sessions.backends.db.SessionStore.save", side_effect=_sqlite("SQLITE_FULL")):
        response = patient.post(f"{APPLY}/1", {"公務員": "false", "受給中": "false", "三歳未満": "true", "事由": "出生",
            "事由日.era": "令和", "事由日.year": "8", "事由日.month": "11", "事由日.day": "10"})  # fmt: skip
    assert response.status_code == 503
    assert "出生" in response.content.decode()


def test_a_password_is_never_written_back(patient: Client) -> None:
    with patch("allauth.account.views.LoginView.form_valid", side_effect=_sqlite("SQLITE_FULL")):
        response = patient.post("/accounts/login/", {"login": "oumi-clerk", "password": "yuimaru-demo"})
    assert response.status_code == 503
    assert "yuimaru-demo" not in response.content.decode()


def test_a_fault_of_ours_stays_a_500(patient: Client) -> None:
    with patch("yuimaru.interfaces.portal.apply.submit", side_effect=_sqlite("SQLITE_ERROR")):
        fill(patient, upto=1)
        assert patient.post(f"{APPLY}/confirm", {"idempotency_key": "key-0123456789"}).status_code == 500
