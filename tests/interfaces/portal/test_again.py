"""What was sent for one procedure stands in the form of another, says so, and tells nobody where somebody lives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from tests import cast
from tests.interfaces.portal import filling
from tests.services.cases import flow
from tests.services.procedures import pension
from tests.services.protections.test_measures import protect
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures.models import Draft
from yuimaru.services.procedures.queries import check_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
STATUS = f"/m/{filling.TOWN}/status"
NAME, KANA, ADDRESS, PHONE = "青葉 陽菜", "アオバ ヒナ", "みどり野町川上3丁目12-4", "0599-41-1234"
TARGET = "juminhyo-seikyu"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW):
        yield


def text(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def sent() -> tuple[Client, str]:
    client = Client()
    return client, filling.send(client).rpartition("/")[2]


def by_numbers(number: str) -> Client:
    """A browser of somebody who knows both numbers."""
    client = Client()
    case = flow.case(cast.MIDORINO, number)
    client.post(STATUS, {"number": number, "check": check_number(case.submission)})
    return client


def begun(client: Client, number: str, kata: str = TARGET) -> Draft:
    response = client.post(f"{STATUS}/{number}/again", {"kata": kata})
    assert response.status_code == 303, response.status_code
    case = flow.case(cast.MIDORINO, number)
    with scope(Actor.system(case.owner)):
        return Draft.objects.select_related("key").latest("started_at", "id")


def test_where_it_was_sent_from_the_next_form_is_filled_and_says_where_from() -> None:
    client, number = sent()
    assert f"{STATUS}/{number}/again" in text(client, f"/m/{filling.TOWN}/receipts/{number}")
    draft = begun(client, number)
    assert draft.answers["氏名"] == NAME
    assert (draft.answers["住所"], draft.answers["電話"]) == (ADDRESS, PHONE)
    assert draft.carried == {"number": number, "items": list(draft.answers)}
    place = _screen_with(client, "氏名")
    assert f"受付番号{number}の申請から" in place
    assert NAME in place
    case = flow.case(cast.MIDORINO, number)
    (event,) = [each for each in audit.latest(case.owner_id, 5) if each.kind == "submission.reused"]
    assert (event.data["number"], event.data["kata"]) == (number, TARGET)
    assert NAME not in str(event)


def _screen_with(client: Client, item: str) -> str:
    """The first screen of the target that asks for an item."""
    for position in range(1, 8):
        response = client.get(f"/m/{filling.TOWN}/apply/{TARGET}/{position}")
        if response.status_code == 200 and f'name="{item}"' in response.content.decode():
            return response.content.decode()
    raise AssertionError(item)


def test_who_knows_both_numbers_is_shown_no_whereabouts_protected_or_not() -> None:
    _, number = sent()
    seen = []
    for protected in (False, True):
        if protected:
            protect(name=NAME, kana=KANA)
        client = by_numbers(number)
        page = text(client, f"{STATUS}/{number}/again")
        draft = begun(client, number)
        assert not {ADDRESS, PHONE, "1234482"} & set(map(str, draft.answers.values()))
        assert "住所" not in draft.answers
        seen.append((sorted(draft.answers), page.count("<section")))
    assert seen[0] == seen[1]


def test_an_hour_later_whereabouts_stay_behind_on_the_same_device_too() -> None:
    client, number = sent()
    with patch("django.utils.timezone.now", return_value=flow.NOW + timedelta(hours=1)):
        draft = begun(client, number)
    assert "氏名" in draft.answers
    assert not {"住所", "電話", "メール"} & draft.answers.keys()


def test_the_fields_are_emptied_with_one_button() -> None:
    client, number = sent()
    begun(client, number)
    assert "前の申請から入れた答えを空にする" in _screen_with(client, "氏名")
    assert client.post(f"/m/{filling.TOWN}/apply/{TARGET}/clear").status_code == 302
    page = _screen_with(client, "氏名")
    assert NAME not in page
    assert "前の申請から" not in page


def test_an_individual_number_never_goes_along() -> None:
    pension.adopt()
    client = Client()
    pension.fill(client, pension.number(12345678901))
    number = pension.send(client)
    case = flow.case(cast.MIDORINO, number)
    draft = begun(client, number)
    assert draft.answers["氏名"] == NAME
    assert "個人番号" not in draft.answers
    assert draft.key_id != case.submission.key_id


def test_what_was_begun_is_not_typed_over_and_strangers_get_nowhere() -> None:
    client, number = sent()
    begun(client, number)
    assert client.post(f"{STATUS}/{number}/again", {"kata": TARGET}).status_code == 404
    assert "入力中の申請を続ける" in text(client, f"{STATUS}/{number}/again")
    assert client.post(f"{STATUS}/{number}/again", {"kata": "nothing-here"}).status_code == 404
    stranger = Client().post(f"{STATUS}/{number}/again", {"kata": TARGET})
    assert (stranger.status_code, stranger.headers["Location"]) == (302, f"{STATUS}?number={number}")
