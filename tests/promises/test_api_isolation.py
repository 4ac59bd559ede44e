"""For other systems too, foreign equals unknown: every address, method, token, kata and key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.promises.test_isolation import API
from tests.promises.world import BARE_TOWN, Foreign, foreign_world
from tests.services.cases import flow
from yuimaru.foundation.people import actions
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import Incoming, add_documents
from yuimaru.services.procedures.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNKNOWN = "990500"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: flow.NOW)


def token_of(code: str, *, days: int = 30, revoked: bool = False) -> str:
    """A token of an organisation, alive or not."""
    owner = get_organisation(code)
    by = Actor.system(owner)
    token, secret = actions.create_token(
        owner=owner, name="試験", expires_at=flow.NOW + timedelta(days=days), by=by, at=flow.NOW
    )
    if revoked:
        actions.revoke_token(owner=owner, token_id=token.pk, by=by, at=flow.NOW)
    return secret


def tokens() -> dict[str, str]:
    """Everybody who is not the foreign town, with and without a token that lives."""
    return {
        "nobody": "",
        "forged": "yuimaru_" + "A" * 43,
        "neighbour": token_of(cast.OUMI),
        "bare town": token_of(BARE_TOWN),
        "consortium": token_of(cast.CONSORTIUM),
        "contractor": token_of(cast.CENTRE),
        "expired": token_of(cast.MIDORINO, days=0),
        "revoked": token_of(cast.MIDORINO, revoked=True),
    }


def bodies() -> Iterator[bytes]:
    """What could be sent: proper, improper, and nothing."""
    answers = cast.answers(cast.RESIDENTS[5], sent_on=flow.TODAY)
    yield json.dumps({"kata": "jidou-teate", "answers": answers}).encode()
    yield json.dumps({"question": "児童手当"}).encode()
    yield b"{"
    yield b""


def ask(token: str, method: str, path: str, body: bytes, key: str = flow.KEY) -> HttpResponseBase:
    """One request of another system."""
    headers = {"idempotency-key": key, **({"authorization": f"Bearer {token}"} if token else {})}
    given: dict[str, Any] = {"data": body, "content_type": "application/json", "headers": headers}
    return Client(raise_request_exception=False).generic(method, path, **given)


def told(response: HttpResponseBase) -> tuple[int, str, bytes]:
    """Everything that a caller can see."""
    return response.status_code, str(sorted(response.headers.items())), response.content  # type: ignore[attr-defined]


def submissions(code: str) -> int:
    with scope(Actor.system(get_organisation(code))):
        return int(Submission.objects.count())


def test_a_foreign_town_equals_one_that_does_not_exist() -> None:
    of = foreign_world()
    before = submissions(of.town)
    asked = 0
    for who, token in tokens().items():
        for method in METHODS:
            for body in bodies():
                path = reverse("api:submissions", kwargs={"code": of.town})
                unknown = reverse("api:submissions", kwargs={"code": UNKNOWN})
                foreign, nothing = ask(token, method, path, body), ask(token, method, unknown, body)
                assert told(foreign) == told(nothing), f"{who} {method} {body[:20]!r}"
                assert foreign.status_code == _refused(who, method), f"{who} {method}"
                asked += 2
    assert asked == 2 * 8 * len(METHODS) * 4
    assert submissions(of.town) == before


def _refused(who: str, method: str) -> int:
    """How somebody is refused, whatever the body holds."""
    if method != "POST":
        return 405
    return 401 if who in ("nobody", "forged", "expired", "revoked") else 404


def test_bodies_without_pages_equal_unknown_ones_in_public() -> None:
    for method in METHODS:
        for body in bodies():
            seen = {
                told(ask("", method, reverse("api:ask", kwargs={"code": code}), body))
                for code in (cast.CENTRE, cast.CONSORTIUM, UNKNOWN)
            }
            assert len(seen) == 1, f"{method} {body[:20]!r}"


def test_a_kata_of_others_equals_one_that_nobody_has() -> None:
    foreign_world()
    token = token_of(BARE_TOWN)
    path = reverse("api:submissions", kwargs={"code": BARE_TOWN})
    body = next(bodies())
    foreign = ask(token, "POST", path, body)
    unknown = ask(token, "POST", path, body.replace(b"jidou-teate", b"nothing-here"))
    assert foreign.status_code == 404
    assert told(foreign) == told(unknown)


def test_a_key_of_another_town_replays_nothing() -> None:
    of = foreign_world()
    body = next(bodies())
    theirs = ask(token_of(of.town), "POST", reverse("api:submissions", args=[of.town]), body, "shared-key-1")
    ours = ask(
        token_of(cast.OUMI), "POST", reverse("api:submissions", args=[cast.OUMI]), body, "shared-key-1"
    )
    assert (theirs.status_code, ours.status_code) == (201, 201)
    assert "Idempotency-Replayed" not in ours.headers
    assert _number(theirs) != _number(ours)
    assert _number(theirs) not in str(told(ours))


def test_what_a_town_publishes_is_read_there_and_nowhere_else() -> None:
    of = foreign_world()
    town, by = get_organisation(of.town), Actor.system(get_organisation(of.town))
    with scope(by):
        items = [
            Incoming("a.md", "# 窓口\n\n窓口は9時に開きます。\n".encode()),
            Incoming("b.md", b"# x\n\ny\n", audience="staff"),
        ]
        public, internal = add_documents(owner=town, items=items, by=by, at=flow.NOW).added
    reads: list[tuple[str, list[object]]] = [
        ("api:procedures", []), ("api:procedure", ["jidou-teate"]), ("api:document", [public.id]),
    ]  # fmt: skip
    for name, more in reads:
        here = ask("", "GET", reverse(name, args=[of.town, *more]), b"")
        assert here.status_code == 200, name
        nowhere = {
            told(ask("", "GET", reverse(name, args=[code, *more]), b""))
            for code in (cast.CENTRE, cast.CONSORTIUM, UNKNOWN)
        }
        assert [answer[0] for answer in nowhere] == [404], name
    unknown = told(ask("", "GET", reverse("api:document", args=[of.town, uuid4()]), b""))
    for code, document in ((cast.OUMI, public.id), (of.town, internal.id)):
        assert told(ask("", "GET", reverse("api:document", args=[code, document]), b"")) == unknown


def test_the_town_itself_is_served() -> None:
    """The sweep above would pass on a server that refuses everything."""
    of: Foreign = foreign_world()
    before = submissions(of.town)
    path = reverse("api:submissions", kwargs={"code": of.town})
    sent = ask(token_of(of.town), "POST", path, next(bodies()), "its-own-key-1")
    assert sent.status_code == 201
    assert submissions(of.town) == before + 1
    question = json.dumps({"question": "窓口はいつ開いていますか"}).encode()
    answer = ask("", "POST", reverse("api:ask", kwargs={"code": of.town}), question)
    assert answer.status_code == 200


def test_every_address_of_the_api_is_swept_here() -> None:
    assert {"api:ask", "api:submissions", "api:procedures", "api:procedure", "api:document"} == API


def _number(response: HttpResponseBase) -> str:
    return str(json.loads(told(response)[2])["number"])
