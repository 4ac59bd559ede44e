"""What members of staff apply for is unknown to residents and other systems; the same kata of another kind is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.conftest import actor
from tests.interfaces.api.conftest import token_for
from tests.services.cases import flow, inquiry
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.catalogue.queries import get_adopted, list_adopted
from yuimaru.services.procedures import actions as procedures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

KATA = inquiry.KATA
PLACES = ("procedure", "apply", "check")
ANSWERS = {"氏名": "青葉 陽菜", "世帯員": []}


@pytest.fixture(autouse=True)
def _clock(db: None) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW):
        yield


@pytest.fixture(params=["staff", "procedure"])
def is_open(request: pytest.FixtureRequest, tmp_path: Path) -> bool:
    """The same kata, once for staff and once for everybody; whether residents reach it."""
    text = inquiry.TEXT.replace("summary:", f"kind: {request.param}\nkeywords: [介護用品を買った]\nsummary:")
    inquiry.adopt(tmp_path, join="all", text=text)
    return bool(request.param == "procedure")


def test_the_portal_neither_lists_nor_finds_nor_shows_it(is_open: bool) -> None:
    browser, title = Client(), "介護用品の補助の申請"
    pages = [
        browser.get(f"/m/{cast.OUMI}/"),
        browser.get(f"/m/{cast.OUMI}/procedures/"),
        browser.get(f"/m/{cast.OUMI}/ask", {"q": "介護用品を買った"}),
    ]
    assert [title in page.content.decode() for page in pages] == [is_open] * len(pages)
    found = {place: browser.get(_at(place)).status_code for place in PLACES}
    assert found == (
        {"procedure": 200, "apply": 302, "check": 404} if is_open else dict.fromkeys(PLACES, 404)
    )
    if not is_open:  # exactly as what does not exist
        unknown = browser.get(_at("procedure", "nothing-here"))
        assert browser.get(_at("procedure")).content == unknown.content.replace(
            b"nothing-here", KATA.encode()
        )


def test_no_screen_of_it_can_be_sent(is_open: bool) -> None:
    browser = Client()
    step = reverse("portal:apply_step", args=[cast.OUMI, KATA, 1])
    sent = browser.post(step, {"氏名": "青葉 陽菜"})
    confirm = browser.get(reverse("portal:apply_confirm", args=[cast.OUMI, KATA]))
    assert [sent.status_code, confirm.status_code] == ([302, 200] if is_open else [404, 404])


def test_other_systems_are_told_that_there_is_no_such_procedure(is_open: bool) -> None:
    headers = {"idempotency-key": flow.KEY, "authorization": f"Bearer {token_for(cast.OUMI)}"}

    def sent(kata: str) -> tuple[int, bytes]:
        body = json.dumps({"kata": kata, "answers": ANSWERS})
        answer = Client().post(
            f"/api/v1/m/{cast.OUMI}/submissions", body, content_type="application/json", headers=headers
        )
        return answer.status_code, answer.content

    status, content = sent(KATA)
    assert status == (201 if is_open else 404)
    assert is_open or content == sent("nothing-here")[1]
    found = Client().post(
        f"/api/v1/m/{cast.OUMI}/ask",
        json.dumps({"question": "介護用品を買った"}),
        content_type="application/json",
    )
    assert [each["kata"] for each in found.json()["procedures"]] == ([KATA] if is_open else [])


def test_a_draft_that_staff_began_is_not_sent_by_a_resident(is_open: bool) -> None:
    town, clerk = get_municipality(cast.OUMI), actor("oumi-clerk")
    with scope(clerk):
        adopted = get_adopted(town, KATA, on=flow.TODAY)
        assert KATA in [each.kata_id for each in list_adopted(town, on=flow.TODAY)]
        draft = procedures.start_draft(owner=town, adopted=adopted, by=clerk, at=flow.NOW)
        procedures.save_step(draft=draft, step_id="申請者", values=ANSWERS, by=clerk, at=flow.NOW)
    resident = Actor.resident(town)
    with scope(resident):
        if not is_open:
            with pytest.raises(NotVisible):
                procedures.start_draft(owner=town, adopted=adopted, by=resident, at=flow.NOW)
            with pytest.raises(NotVisible):
                actions.submit(owner=town, draft_id=draft.pk, key=flow.KEY, by=resident, at=flow.NOW)
        sender = resident if is_open else clerk
        receipt = actions.submit(owner=town, draft_id=draft.pk, key=flow.KEY, by=sender, at=flow.NOW)
    assert flow.case(cast.OUMI, receipt.number).kata == KATA


def _at(place: str, kata: str = KATA) -> str:
    return reverse(f"portal:{place}", args=[cast.OUMI, kata])
