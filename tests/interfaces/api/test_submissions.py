"""Other systems send applications: received once, said in words when not, and never for another town."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest.mock import patch

import pytest

from tests import cast
from tests.interfaces.api.conftest import System, application, errors, token_for
from tests.services.cases import flow
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.people import actions
from yuimaru.foundation.people.models import ApiToken
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures.models import SentKey, Submission

TODAY = flow.TODAY


def _count(code: str = cast.OUMI) -> int:
    with scope(Actor.system(get_municipality(code))):
        return int(Submission.objects.count())


def test_an_application_is_received_and_its_status_can_be_followed(oumi: System) -> None:
    response = oumi.submit(application())
    assert response.status_code == 201
    body = json.loads(response.content)
    assert body.keys() == {"number", "status_url"}
    assert "Idempotency-Replayed" not in response.headers
    case = flow.case(cast.OUMI, body["number"])
    assert (case.submission.channel, case.step) == ("api", "形式審査")
    page = oumi.client.get(body["status_url"])
    assert body["number"] in page.content.decode()
    numbers = {"number": body["number"], "check": response.headers["Check-Number"]}
    opened = oumi.client.post(f"/m/{cast.OUMI}/status", numbers, follow=True)
    assert "書類の確認" in opened.content.decode()


def test_the_same_again_is_the_same_answer(oumi: System) -> None:
    first = oumi.submit(application())
    counted = _count()
    again = oumi.submit(application())
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Check-Number"] == first.headers["Check-Number"]
    assert _count() == counted


def test_the_order_of_names_does_not_make_another_body(oumi: System) -> None:
    first = oumi.submit(application())
    body = application()
    turned = {"answers": dict(reversed(body["answers"].items())), "kata": body["kata"]}
    assert oumi.submit(turned).content == first.content


@pytest.mark.parametrize("key", [None, "", "short", "x" * 256, "with space in it"])
def test_without_a_proper_key_nothing_is_sent(oumi: System, key: str | None) -> None:
    response = oumi.submit(application(), key)
    assert response.status_code == 400
    assert "Idempotency-Key" in errors(response)[0]["message"]
    assert _count() == 0


def test_another_body_under_the_same_key_is_refused(oumi: System) -> None:
    oumi.submit(application())
    response = oumi.submit(application(電話="0599-40-9999"))
    assert response.status_code == 422
    assert errors(response)[0]["item"] is None
    assert _count() == 1


def test_a_post_while_the_first_is_under_way_is_told_to_wait(oumi: System) -> None:
    oumi.submit(application())
    town = get_municipality(cast.OUMI)
    with scope(Actor.system(town)):
        SentKey.objects.update(submission=None)
    response = oumi.submit(application())
    assert response.status_code == 409
    assert response.headers["Retry-After"] == "1"
    errors(response)


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "カタカナ"), ("en-GB, ja;q=0.5", "katakana"), ("fr", "カタカナ")]
)
def test_invalid_answers_are_named_in_the_language_asked_for(oumi: System, language: str, said: str) -> None:
    response = oumi.submit(application(フリガナ="青葉"), **{"accept-language": language})
    assert response.status_code == 422
    [error] = errors(response)
    assert error["item"] == "フリガナ"
    assert said in error["message"]
    assert _count() == 0
    assert oumi.submit(application()).status_code == 201, "the key is free again"


def test_members_of_a_group_are_named_by_their_place(oumi: System) -> None:
    body = application()
    body["answers"]["児童"][0]["続柄"] = "となりの子"
    assert [error["item"] for error in errors(oumi.submit(body))] == ["児童.0.続柄"]


@pytest.mark.parametrize(
    ("body", "item"),
    [
        ({"kata": "jidou-teate"}, "answers"),
        ({"answers": {}}, "kata"),
        ({"kata": 1, "answers": {}}, "kata"),
        ({"kata": "jidou-teate", "answers": []}, "answers"),
        ({"kata": "jidou-teate", "answers": {}, "extra": 1}, "extra"),
        ([], None),
    ],
)
def test_a_body_of_another_shape_is_refused(oumi: System, body: object, item: str | None) -> None:
    response = oumi.submit(body)
    assert response.status_code == 422
    assert item in [error["item"] for error in errors(response)]


@pytest.mark.parametrize("kata", ["nothing-here", "kansen-selfcheck", "", "../jidou-teate"])
def test_what_cannot_be_applied_for_is_unknown(oumi: System, kata: str) -> None:
    response = oumi.submit({**application(), "kata": kata})
    assert response.status_code == 404
    errors(response)


def test_only_a_live_token_opens_the_door() -> None:
    town = get_municipality(cast.OUMI)
    by = Actor.system(town)
    expired = token_for(cast.OUMI, until=flow.NOW)
    revoked = token_for(cast.OUMI)
    last = ApiToken.objects.order_by("-id")[0]
    actions.revoke_token(owner=town, token_id=last.pk, by=by, at=flow.NOW)
    for token in ("", "x", "yuimaru_" + "0" * 43, expired, revoked, token_for(cast.OUMI) + "x"):
        response = System(cast.OUMI, token).submit(application())
        assert response.status_code == 401, token
        assert response.headers["WWW-Authenticate"] == "Bearer"
        errors(response)
    assert _count() == 0


def test_a_token_is_kept_as_a_fingerprint_and_notes_the_day_it_was_used(oumi: System) -> None:
    oumi.submit(application())
    token = ApiToken.objects.get(organisation__code=cast.OUMI)
    assert token.last_used_on == TODAY
    assert oumi.token not in str([getattr(token, field.attname) for field in ApiToken._meta.fields])
    with patch("django.utils.timezone.now", return_value=flow.NOW + timedelta(days=1)):
        oumi.submit(application())
    token.refresh_from_db()
    assert token.last_used_on == TODAY + timedelta(days=1)


def test_the_log_names_the_token_that_sent_it(oumi: System) -> None:
    oumi.submit(application())
    town = get_municipality(cast.OUMI)
    token = ApiToken.objects.get(organisation=town)
    entries = {entry.kind: entry for entry in audit.latest(town.pk, 10)}
    assert entries["case.received"].by == f"client:{token.pk}@{cast.OUMI}"
    assert entries["token.created"].about == f"token:{token.pk}"
    assert audit.verify(town.pk).ok


def test_the_resident_is_told_in_the_language_of_the_request(oumi: System) -> None:
    number = json.loads(oumi.submit(application(), **{"accept-language": "en"}).content)["number"]
    assert flow.case(cast.OUMI, number).submission.language == "en"


def test_names_arrive_byte_for_byte(oumi: System) -> None:
    name = "𠮷󠄀 髙﨑邊 \u3000神"
    number = json.loads(oumi.submit(application(氏名=name)).content)["number"]
    assert flow.case(cast.OUMI, number).submission.answers["氏名"] == name
